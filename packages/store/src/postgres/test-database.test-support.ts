import { randomUUID } from 'node:crypto';
import { silentLogger } from '@tessera/runtime';
import { openPostgres } from './postgres-database.ts';

/** A database of its own on a test server. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** @param url of a database whose user may create databases. */
export async function createTestDatabase(url: string): Promise<TestDatabase> {
  const name = `store_${randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string): Promise<void> => {
    const database = openPostgres({ url, poolSize: 1, logger: silentLogger() });
    try {
      await database.query(sql);
    } finally {
      await database.close();
    }
  };
  await run(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}
