import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { AppError, type Logger } from '@tessera/runtime';
import { takeAdvisoryLock } from './advisory-lock.ts';
import type { Database, Row } from './database.ts';
import { nullable, text } from './row.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  /** The migration that a version must know to work after this one; null for those that only add. */
  readonly needs: string | null;
}

const FOLDER = new URL('./migrations/', import.meta.url);

/** First line of a migration that takes something away. */
const NEEDS = /^-- needs: (\S+)\n/;

async function readMigrations(folder: URL): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name, sql, checksum, needs: NEEDS.exec(sql)?.[1] ?? null };
    }),
  );
}

/**
 * Brings the schema up to date: applies the migrations that `schema_migrations` does not name, in the order of their
 * names, all in one transaction under an advisory lock, so that processes that start at once wait for each other.
 *
 * Migrations that this version does not know come from a newer one. Those that only add are left alone, so the version
 * before runs on the schema of the version after, which is what a rolling upgrade and a rollback need. One that takes
 * something away says in its first line, `-- needs: <name>`, which migration a version must know that does without it.
 *
 * @throws AppError INVALID_CONFIG if a migration was changed after it had been applied, or if a newer version took
 * something away that this one needs.
 */
export async function migrate(database: Database, logger: Logger, folder = FOLDER): Promise<void> {
  const migrations = await readMigrations(folder);
  const { applied, newer } = await database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'migrate');
    await transaction.query('set local statement_timeout = 0');
    await transaction.script(
      `create table if not exists schema_migrations (
        name text primary key, checksum text not null, applied_at timestamptz not null default now()
      );
      alter table schema_migrations add column if not exists needs text`,
    );
    const rows = await transaction.query('select name, checksum, needs from schema_migrations order by name');
    const newer = newerMigrations(migrations, rows);
    const known = new Map(rows.map((row) => [text(row, 'name'), text(row, 'checksum')]));
    const applied: string[] = [];
    for (const { name, sql, checksum, needs } of migrations) {
      const before = known.get(name);
      if (before === undefined) {
        await transaction.script(sql);
        await transaction.query('insert into schema_migrations (name, checksum, needs) values ($1, $2, $3)', [
          name,
          checksum,
          needs,
        ]);
        applied.push(name);
      } else if (before !== checksum) {
        throw new AppError('INVALID_CONFIG', {
          message: `The migration ${name} was changed after it had been applied to this database.`,
        });
      }
    }
    return { applied, newer };
  });
  for (const name of applied) logger.info({ migration: name }, 'migration:applied');
  if (newer.length > 0) logger.warn({ migrations: newer }, 'migration:database-is-newer');
}

/** Names of the applied migrations that are not known here. */
function newerMigrations(known: readonly Migration[], rows: readonly Row[]): readonly string[] {
  const names = new Set(known.map(({ name }) => name));
  const newer = rows.filter((row) => !names.has(text(row, 'name')));
  for (const row of newer) {
    const needs = nullable(text, row, 'needs');
    if (needs === null || names.has(needs)) continue;
    throw new AppError('INVALID_CONFIG', {
      message:
        `A newer version changed the database (${text(row, 'name')}) so that this version can not work on it: ` +
        `it would have to know ${needs}. Run the newer version, or restore a backup from before.`,
    });
  }
  return newer.map((row) => text(row, 'name'));
}
