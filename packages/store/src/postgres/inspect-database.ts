import pg from 'pg';
import { toDatabaseError } from '../database-error.ts';
import type { Row } from '../database.ts';
import { integer } from '../row.ts';
import { addressOf } from './postgres-database.ts';

/** What matters to whoever is about to restore a database. */
export interface DatabaseFacts {
  /** Tables in the schema `public`. */
  readonly tables: number;
  /** Connections of masters. */
  readonly masters: number;
}

/** @throws AppError DATABASE_UNAVAILABLE. */
export async function inspectDatabase(options: { url: string; ca?: string | undefined }): Promise<DatabaseFacts> {
  const client = new pg.Client(addressOf(options));
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Row>(
      `select
        (select count(*)::integer from pg_tables where schemaname = 'public') as tables,
        (select count(*)::integer from pg_stat_activity
          where datname = current_database() and application_name = 'tessera') as masters`,
    );
    const [row = {}] = rows;
    return { tables: integer(row, 'tables'), masters: integer(row, 'masters') };
  } catch (error) {
    throw toDatabaseError(error);
  } finally {
    await client.end();
  }
}
