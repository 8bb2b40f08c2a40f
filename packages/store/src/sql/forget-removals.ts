import type { Queryable } from '../database.ts';

export async function forgetRemovals(database: Queryable, keys: readonly string[]): Promise<void> {
  await database.query('delete from removals where key = any($1::text[])', [keys]);
}
