import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import type { Expiry } from '../job-store.ts';
import { integer } from '../row.ts';

/**
 * Removes jobs that ended long ago with all that is theirs, and lists the results that no other job has. Under a lock:
 * two of these at once, each with a job of the same result, would both leave it to the other. Rows held by somebody,
 * who redrives a job or is about to reuse its result, wait for the next round. Gives the number of jobs.
 */
export async function expireJobs(database: Database, expiry: Expiry): Promise<number> {
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'expire');
    const rows = await transaction.query(
      `with over as materialized (
        select id, image, created_at, result ->> 'key' as key
        from jobs
        where finished_at < now() - interval '1 second' * $1::double precision
        order by finished_at
        limit $2::integer
        for update skip locked
      ), task as (
        delete from tasks using over where tasks.job = over.id
      ), turn as (
        delete from turns using over where turns.job = over.id
      ), image as (
        update images set used_at = greatest(images.created_at, images.used_at, last.at)
        from (select image, max(created_at) as at from over group by image) last
        where images.id = last.image
      ), listed as (
        insert into removals (key, due_at)
        select distinct over.key, now() + interval '1 second' * $3::double precision
        from over
        where over.key is not null
          and not exists (
            select from jobs
            where jobs.result is not null and jobs.result ->> 'key' = over.key and jobs.id not in (select id from over)
          )
        on conflict (key) do nothing
      ), gone as (
        delete from jobs using over where jobs.id = over.id returning jobs.id
      )
      select count(*)::integer as n from gone`,
      [expiry.olderThanSeconds, expiry.limit, expiry.settleSeconds],
    );
    return rows.map((row) => integer(row, 'n'))[0] ?? 0;
  });
}
