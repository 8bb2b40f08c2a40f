import type { Database } from '../database.ts';
import type { Expiry } from '../job-store.ts';
import { integer, text } from '../row.ts';

/**
 * Removes images that no job and no entry of the catalogue has and that none asked for since long ago, and lists their objects. The rows are locked
 * before it is asked again whether a job has one: a job that is inserted meanwhile either has its image already or does
 * not find it any more. Gives their number.
 */
export async function expireImages(database: Database, expiry: Expiry): Promise<number> {
  return database.transaction(async (transaction) => {
    const unused = await transaction.query(
      `select i.id
      from images i
      where coalesce(i.used_at, i.created_at) < now() - interval '1 second' * $1::double precision
        and not exists (select from jobs where jobs.image = i.id)
        and not exists (select from job_images where job_images.image = i.id)
        and not exists (select from catalogue_entries e where e.image = i.id)
      order by coalesce(i.used_at, i.created_at)
      limit $2::integer
      for update of i skip locked`,
      [expiry.olderThanSeconds, expiry.limit],
    );
    const rows = await transaction.query(
      `with gone as (
        delete from images
        where id = any($1::text[]) and not exists (select from jobs where jobs.image = images.id)
          and not exists (select from job_images where job_images.image = images.id)
          and not exists (select from catalogue_entries where catalogue_entries.image = images.id)
        returning key
      ), listed as (
        insert into removals (key, due_at)
        select key, now() + interval '1 second' * $2::double precision from gone
        on conflict (key) do nothing
      )
      select count(*)::integer as n from gone`,
      [unused.map((row) => text(row, 'id')), expiry.settleSeconds],
    );
    return rows.map((row) => integer(row, 'n'))[0] ?? 0;
  });
}
