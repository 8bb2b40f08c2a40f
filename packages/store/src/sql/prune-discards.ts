import type { Queryable } from '../database.ts';

/** Forgets what was discarded so long ago; a job that is still kept stays off the list of failed ones. */
export async function pruneDiscards(database: Queryable, seconds: number): Promise<number> {
  const rows = await database.query(
    `delete from discards
    where at < now() - interval '1 second' * $1::double precision and not exists (select from jobs where jobs.id = discards.job)
    returning job`,
    [seconds],
  );
  return rows.length;
}
