import type { Parameter, Queryable } from '../database.ts';
import { integer } from '../row.ts';

/**
 * Removes jobs with all that is theirs, and lists the results that no other job has, and what is beside them, for removal. The caller holds the
 * advisory lock `expire`: two of these at once, each with a job of the same result, would both leave it to the other.
 *
 * @param chosen a query of `id`, `image`, `created_at` and `result` of jobs that locks their rows; its parameters
 * begin at `$2`. Gives the number of jobs.
 */
export async function removeJobs(
  transaction: Queryable,
  chosen: string,
  settleSeconds: number,
  parameters: readonly Parameter[],
): Promise<number> {
  const rows = await transaction.query(
    `with over as materialized (
      select id, image, created_at, result ->> 'key' as key,
        coalesce(result -> 'companions', '[]') || coalesce(result -> 'reports', '[]') as beside
      from (${chosen}) chosen
    ), task as (
      delete from tasks using over where tasks.job = over.id
    ), attempt as (
      delete from attempts using over where attempts.job = over.id
    ), turn as (
      delete from turns using over where turns.job = over.id
    ), other as (
      delete from job_images using over where job_images.job = over.id
    ), image as (
      update images set used_at = greatest(images.created_at, images.used_at, last.at)
      from (
        select image, max(at) as at
        from (
          select image, created_at as at from over
          union all
          select job_images.image, over.created_at from job_images join over on over.id = job_images.job
        ) asked
        group by image
      ) last
      where images.id = last.image
    ), listed as (
      insert into removals (key, due_at)
      select distinct object.key, now() + interval '1 second' * $1::double precision
      from over
      cross join lateral (
        select over.key
        union all
        select file ->> 'key' from jsonb_array_elements(over.beside) file
      ) object
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
    [settleSeconds, ...parameters],
  );
  return rows.map((row) => integer(row, 'n'))[0] ?? 0;
}
