import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLogger, silentLogger } from '@tessera/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { readSchema } from './contract/read-schema.ts';

/** How the schema comes into a database. `make` gives connections to one that is emptied before each test. */
export function migrationContract(
  name: string,
  make: () => Promise<{ databases: readonly Database[]; close(): Promise<void> }>,
): void {
  describe(`migrations on ${name}`, () => {
    let databases: readonly Database[];
    let database: Database;
    let close: () => Promise<void>;
    let folder: string;
    beforeAll(async () => {
      ({ databases, close } = await make());
      database = databases[0]!;
    });
    afterAll(() => close());
    beforeEach(async () => {
      await database.transaction((transaction) =>
        transaction.script('drop schema public cascade; create schema public'),
      );
      folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    });
    afterEach(() => rm(folder, { recursive: true }));
    const write = (file: string, sql: string): Promise<void> => writeFile(join(folder, file), sql);
    const run = (on: Database): Promise<void> => migrate(on, silentLogger(), pathToFileURL(`${folder}/`));
    const names = async (): Promise<readonly unknown[]> =>
      (await database.query('select name from schema_migrations order by name')).map((row) => row.name);

    it('make the schema that is written down', async () => {
      await migrate(database, silentLogger());
      // The path is seen from the test file that runs the suite.
      await expect(await readSchema(database)).toMatchFileSnapshot('../contract/schema.txt');
    });

    it('are applied once, in order, by whoever comes first', async () => {
      await write(
        '0002-second.sql',
        'alter table things add column b integer; insert into things (a, b) values (1, 2);',
      );
      await write('0001-first.sql', 'create table things (a integer);');
      await write('notes.md', 'not a migration');
      await Promise.all(databases.map(run));
      await run(database);
      expect(await names()).toEqual(['0001-first.sql', '0002-second.sql']);
      expect(await database.query('select * from things')).toEqual([{ a: 1, b: 2 }]);
    });

    it('are all applied or none', async () => {
      await write('0001-first.sql', 'create table things (a integer);');
      await write('0002-second.sql', 'insert into things values (1); select nonsense;');
      await expect(run(database)).rejects.toMatchObject({ code: 'INTERNAL' });
      await write('0002-second.sql', 'insert into things values (1);');
      await run(database);
      expect(await database.query('select * from things')).toEqual([{ a: 1 }]);
    });

    it('may be added, but not changed', async () => {
      await write('0001-first.sql', 'create table things (a integer);');
      await run(database);
      await write('0001-first.sql', 'create table things (a bigint);');
      await expect(run(database)).rejects.toMatchObject({
        code: 'INVALID_CONFIG',
        message: 'The migration 0001-first.sql was changed after it had been applied to this database.',
      });
    });

    it('only add to what the version before works with, unless they say what they need', async () => {
      const all = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
      let before: readonly string[] = [];
      for (const file of all) {
        const sql = await readFile(new URL(file, FOLDER), 'utf8');
        await write(file, sql);
        await run(database);
        const after = (await readSchema(database)).trimEnd().split('\n');
        if (!sql.startsWith('-- needs: ')) expect(notOnlyAdded(before, after), file).toEqual([]);
        before = after;
      }
      expect(await names()).toEqual(all);
    });

    it('that take something away stop versions that need it', async () => {
      await write('0001-first.sql', 'create table things (a integer, b integer);');
      await write('0002-second.sql', 'alter table things add column c integer;');
      await run(database);
      await write('0003-third.sql', '-- needs: 0002-second.sql\nalter table things drop column b;');
      await run(database);
      await rm(join(folder, '0003-third.sql'));
      await run(database);
      await rm(join(folder, '0002-second.sql'));
      await expect(run(database)).rejects.toMatchObject({
        code: 'INVALID_CONFIG',
        message: expect.stringMatching(/newer version .*0003-third\.sql.* know 0002-second\.sql/) as unknown,
      });
    });

    it('of a newer version are left alone, and told', async () => {
      await write('0001-first.sql', 'create table things (a integer);');
      await write('0002-second.sql', 'create table more (a integer);');
      await run(database);
      await rm(join(folder, '0002-second.sql'));
      const log: string[] = [];
      const destination = { write: (line: string) => void log.push(line) };
      const logger = createLogger({ name: 'test', level: 'warn', destination });
      await migrate(database, logger, pathToFileURL(`${folder}/`));
      expect(log).toMatchObject([expect.stringMatching(/0002-second\.sql.*migration:database-is-newer/)]);
      expect(await names()).toEqual(['0001-first.sql', '0002-second.sql']);
    });
  });
}

const FOLDER = new URL('./migrations/', import.meta.url);

/**
 * Lines of the schema by which statements of the version before may fail: what is gone or changed, and what is new and
 * binds them. New are allowed: tables, indexes that are not unique, and columns that may be left out. References to other
 * tables may go: they only forbid.
 */
function notOnlyAdded(before: readonly string[], after: readonly string[]): readonly string[] {
  const tableOf = (line: string): string => line.split(/[.: ]/)[0] ?? '';
  const old = new Set(before.map(tableOf));
  const gone = before.filter((line) => !after.includes(line) && !line.includes('FOREIGN KEY'));
  const binding = after.filter((line) => {
    if (before.includes(line)) return false;
    const index = /CREATE (UNIQUE )?INDEX \S+ ON public\.(\w+)/.exec(line);
    if (index !== null) return index[1] !== undefined && old.has(index[2] ?? '');
    if (!old.has(tableOf(line))) return false;
    return !/^\w+\.\w+: /.test(line) || (line.includes(' not null') && !/ (default|identity) /.test(line));
  });
  return [...gone, ...binding];
}
