import type { Queryable } from '../database.ts';
import { SELECT_JOBS, parseJob } from '../job-row.ts';
import type { JobRow } from '../job-store.ts';

/** The jobs of a batch in the order of submission. */
export async function getBatch(database: Queryable, batch: string): Promise<readonly JobRow[]> {
  const rows = await database.query(`${SELECT_JOBS} where j.batch = $1 order by j.seq`, [batch]);
  return rows.map(parseJob);
}
