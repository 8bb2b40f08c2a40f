import type { Queryable } from '../database.ts';
import { SELECT_JOBS, parseJob } from '../job-row.ts';
import type { JobRow } from '../job-store.ts';

interface JobQuery {
  readonly visitor: string;
  readonly limit: number;
  readonly before?: string | undefined;
}

/**
 * A page of a visitor's jobs, newest first. The cursor is the id of the page's last job, so that it tells nothing that
 * the visitor does not know; one of another visitor gives an empty page.
 */
export async function listJobs(
  database: Queryable,
  { visitor, limit, before }: JobQuery,
): Promise<{ jobs: readonly JobRow[]; next: string | null }> {
  const rows = await database.query(
    `${SELECT_JOBS}
    where j.visitor = $1
      and ($2::text is null or j.seq < (select c.seq from jobs c where c.id = $2 and c.visitor = $1))
    order by j.seq desc
    limit $3::integer + 1`,
    [visitor, before ?? null, limit],
  );
  const jobs = rows.slice(0, limit).map(parseJob);
  return { jobs, next: rows.length > limit ? (jobs.at(-1)?.id ?? null) : null };
}
