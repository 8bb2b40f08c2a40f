import type { Queryable } from '../database.ts';
import { integer } from '../row.ts';

export async function countOpenJobs(database: Queryable, visitor: string): Promise<number> {
  const rows = await database.query(
    `select count(*)::integer as n from jobs where visitor = $1 and state in ('queued', 'running')`,
    [visitor],
  );
  return rows.map((row) => integer(row, 'n'))[0] ?? 0;
}
