import type { Queryable } from '../database.ts';
import { OPEN_JOB } from '../life-cycle.ts';
import { text } from '../row.ts';

/** Open jobs in the order of submission, with whose they are. */
export async function listOpenJobs(
  database: Queryable,
  limit: number,
): Promise<readonly { readonly id: string; readonly visitor: string }[]> {
  const rows = await database.query(`select id, visitor from jobs where ${OPEN_JOB} order by seq limit $1::integer`, [
    limit,
  ]);
  return rows.map((row) => ({ id: text(row, 'id'), visitor: text(row, 'visitor') }));
}
