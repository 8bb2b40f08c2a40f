import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { AppError, type Logger } from '@tessera/runtime';
import { takeAdvisoryLock } from './advisory-lock.ts';
import type { Database } from './database.ts';
import { text } from './row.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const FOLDER = new URL('./migrations/', import.meta.url);

async function readMigrations(folder: URL): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the schema up to date: applies the migrations that `schema_migrations` does not name, in the order of their
 * names, all in one transaction under an advisory lock, so that processes that start at once wait for each other.
 * Applied migrations this version does not know are left alone: they come from a newer version, and migrations only add.
 *
 * @throws AppError INVALID_CONFIG if a migration was changed after it had been applied.
 */
export async function migrate(database: Database, logger: Logger, folder = FOLDER): Promise<void> {
  const migrations = await readMigrations(folder);
  const applied = await database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'migrate');
    await transaction.query('set local statement_timeout = 0');
    await transaction.script(
      'create table if not exists schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const rows = await transaction.query('select name, checksum from schema_migrations');
    const known = new Map(rows.map((row) => [text(row, 'name'), text(row, 'checksum')]));
    const names: string[] = [];
    for (const { name, sql, checksum } of migrations) {
      const before = known.get(name);
      if (before === undefined) {
        await transaction.script(sql);
        await transaction.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum]);
        names.push(name);
      } else if (before !== checksum) {
        throw new AppError('INVALID_CONFIG', {
          message: `The migration ${name} was changed after it had been applied to this database.`,
        });
      }
    }
    return names;
  });
  for (const name of applied) logger.info({ migration: name }, 'migration:applied');
}
