import type { Queryable } from '../database.ts';

export async function hasBatch(database: Queryable, visitor: string, batch: string): Promise<boolean> {
  const rows = await database.query('select 1 from jobs where batch = $1 and visitor = $2 limit 1', [batch, visitor]);
  return rows.length > 0;
}
