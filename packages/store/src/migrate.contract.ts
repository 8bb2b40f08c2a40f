import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { silentLogger } from '@tessera/runtime';
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

    it('of a newer version are left alone', async () => {
      await write('0001-first.sql', 'create table things (a integer);');
      await write('0002-second.sql', 'create table more (a integer);');
      await run(database);
      await rm(join(folder, '0002-second.sql'));
      await run(database);
      expect(await names()).toEqual(['0001-first.sql', '0002-second.sql']);
    });
  });
}
