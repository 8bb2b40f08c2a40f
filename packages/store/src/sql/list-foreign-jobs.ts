import type { Queryable } from '../database.ts';
import { SELECT_JOBS, parseJob } from '../job-row.ts';
import type { JobRow } from '../job-store.ts';
import { OPEN_JOB } from '../life-cycle.ts';
import { JOB_KERNEL } from './job-kernel.ts';

/** Open jobs whose plans promise pixels of none of these versions, in the order of submission. */
export async function listForeignJobs(
  database: Queryable,
  kernels: readonly string[],
  limit: number,
): Promise<readonly JobRow[]> {
  const rows = await database.query(
    `${SELECT_JOBS}
    where j.id in (select id from jobs where ${OPEN_JOB} and ${JOB_KERNEL} <> all($1::text[]) order by seq limit $2::integer)
    order by j.seq`,
    [kernels, limit],
  );
  return rows.map(parseJob);
}
