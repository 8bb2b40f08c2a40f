import type { Queryable } from '../database.ts';
import { SELECT_JOBS, parseJob } from '../job-row.ts';
import type { JobRow } from '../job-store.ts';

/** The jobs with these ids in the order of submission; unknown ids are left out. */
export async function getJobs(database: Queryable, ids: readonly string[]): Promise<readonly JobRow[]> {
  const rows = await database.query(`${SELECT_JOBS} where j.id = any($1::text[]) order by j.seq`, [ids]);
  return rows.map(parseJob);
}
