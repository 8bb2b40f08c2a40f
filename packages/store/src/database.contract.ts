import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';

/** What the store needs of every database. */
export function databaseContract(
  name: string,
  make: () => Promise<{ database: Database; close(): Promise<void> }>,
): void {
  describe(`${name} keeps the database contract`, () => {
    let database: Database;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ database, close } = await make());
      await database.query('create table parents (id text primary key)');
      await database.query('create table children (id text primary key, parent text not null references parents)');
    });
    beforeEach(() => database.query('truncate parents, children'));
    afterAll(() => close());
    const parents = async (): Promise<readonly unknown[]> =>
      (await database.query('select id from parents order by id')).map((row) => row.id);

    it('gives and takes values of all types', async () => {
      const time = new Date('2026-03-04T05:06:07.089Z');
      const [row] = await database.query(
        `select $1::text as t, $2::integer as i, $3::bigint as b, $4::boolean as f, $5::timestamptz as d, $6::text[] as a,
          $7::jsonb as j, $8::double precision as n, $9::text as nothing, array[1, 2] as numbers, count(*) as counted
        from parents`,
        ['ä\'"\\ \n', -5, 2 ** 53 - 1, true, time, ['a', '{"b,', ''], '{"k": [1, null]}', 0.1, null],
      );
      expect(row).toEqual({
        t: 'ä\'"\\ \n',
        i: -5,
        b: 2 ** 53 - 1,
        f: true,
        d: time,
        a: ['a', '{"b,', ''],
        j: { k: [1, null] },
        n: 0.1,
        nothing: null,
        numbers: [1, 2],
        counted: 0,
      });
    });

    it('commits a transaction that succeeds', async () => {
      const value = await database.transaction(async (transaction) => {
        await transaction.query('insert into parents values ($1)', ['a']);
        await transaction.script(`insert into parents values ('b'); insert into parents values ('c')`);
        return 7;
      });
      expect(value).toBe(7);
      expect(await parents()).toEqual(['a', 'b', 'c']);
    });

    it('rolls back a transaction whose work fails, and goes on', async () => {
      const failure = new Error('mine');
      const failed = database.transaction(async (transaction) => {
        await transaction.query('insert into parents values ($1)', ['a']);
        throw failure;
      });
      await expect(failed).rejects.toBe(failure);
      expect(await parents()).toEqual([]);
      await database.transaction((transaction) => transaction.query('insert into parents values ($1)', ['b']));
      expect(await parents()).toEqual(['b']);
    });

    it('rolls back a transaction with a failed statement, and goes on', async () => {
      for (let n = 0; n < 20; n++) {
        const failed = database.transaction(async (transaction) => {
          await transaction.query('insert into parents values ($1)', ['a']);
          await transaction.query('insert into parents values ($1)', ['a']);
        });
        await expect(failed).rejects.toMatchObject({ code: 'CONFLICT' });
        expect(await parents()).toEqual([]);
      }
    });

    it('does not commit what a swallowed failure has spoilt', async () => {
      const spoilt = database.transaction(async (transaction) => {
        await transaction.query('insert into parents values ($1)', ['a']);
        await transaction.query('select 1 / 0').catch(() => undefined);
      });
      await expect(spoilt).rejects.toMatchObject({ name: 'AppError' });
      expect(await parents()).toEqual([]);
      await database.query('insert into parents values ($1)', ['b']);
      expect(await parents()).toEqual(['b']);
    });

    it('says what went wrong', async () => {
      await database.query('insert into parents values ($1)', ['a']);
      await expect(database.query('insert into parents values ($1)', ['a'])).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      await expect(database.query(`insert into children values ('c', 'x')`)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(database.query('select nonsense')).rejects.toMatchObject({
        code: 'INTERNAL',
        details: { sqlState: '42703' },
      });
      await expect(database.query('select 1 / 0')).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(await parents()).toEqual(['a']);
    });

    it('runs statements and transactions that are asked for at once', async () => {
      await Promise.all(
        Array.from({ length: 30 }, (_, n) =>
          n % 2 === 0
            ? database.query('insert into parents values ($1)', [String(n)])
            : database.transaction(async (transaction) => {
                await transaction.query('insert into parents values ($1)', [String(n)]);
                await transaction.query('insert into children values ($1, $1)', [String(n)]);
              }),
        ),
      );
      expect(await parents()).toHaveLength(30);
    });

    it('tries a transaction again that lost to another one', async () => {
      let runs = 0;
      const value = await database.transaction(async (transaction) => {
        await transaction.query('insert into parents values ($1)', ['a']);
        runs += 1;
        if (runs < 3) {
          await transaction.script(`do $$ begin raise exception using errcode = 'serialization_failure'; end $$`);
        }
        return runs;
      });
      expect(value).toBe(3);
      expect(await parents()).toEqual(['a']);
    });
  });

  describe(`${name} after its end`, () => {
    it('says that the database is not available, and closes once', async () => {
      const { database, close } = await make();
      await close();
      await expect(database.query('select 1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
      await expect(database.transaction(() => Promise.resolve())).rejects.toMatchObject({
        code: 'DATABASE_UNAVAILABLE',
      });
      await database.close();
    });
  });
}
