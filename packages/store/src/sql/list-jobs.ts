import type { Queryable } from '../database.ts';
import { SELECT_JOBS, parseJob } from '../job-row.ts';
import type { JobQuery, JobRow } from '../job-store.ts';

/**
 * A page of a visitor's jobs, newest first. The cursor is the id of the page's last job, so that it tells nothing that
 * the visitor does not know; one of another visitor gives an empty page.
 */
export async function listJobs(
  database: Queryable,
  { visitor, limit, before, states, search, from, to, batch }: JobQuery,
): Promise<{ jobs: readonly JobRow[]; next: string | null }> {
  const rows = await database.query(
    `${SELECT_JOBS}
    where j.visitor = $1
      and ($2::text is null or j.seq < (select c.seq from jobs c where c.id = $2 and c.visitor = $1))
      and ($4::text[] is null or j.state = any($4))
      and ($5::timestamptz is null or j.created_at >= $5)
      and ($6::timestamptz is null or j.created_at < $6)
      and ($7::text is null or j.batch = $7)
      and ($8::text is null or i.name ilike $8 or exists (
        select from jsonb_array_elements(j.plan -> 'pipeline') step
        where step ->> 'op' ilike $8 or replace(step ->> 'op', '-', ' ') ilike $8
      ))
    order by j.seq desc
    limit $3::integer + 1`,
    [
      visitor,
      before ?? null,
      limit,
      states ?? null,
      from ?? null,
      to ?? null,
      batch ?? null,
      search === undefined ? null : containing(search),
    ],
  );
  const jobs = rows.slice(0, limit).map(parseJob);
  return { jobs, next: rows.length > limit ? (jobs.at(-1)?.id ?? null) : null };
}

/** A pattern for what contains these very characters. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
