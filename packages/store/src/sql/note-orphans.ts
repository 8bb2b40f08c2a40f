import type { Queryable } from '../database.ts';
import { integer } from '../row.ts';
import { isResult } from './is-result.ts';

interface Stored {
  readonly key: string;
  readonly owner: string;
}

/** Lists objects that no row refers to, and whose job or image does not exist. Gives the number of those newly listed. */
export async function noteOrphans(
  database: Queryable,
  objects: readonly Stored[],
  settleSeconds: number,
): Promise<number> {
  const rows = await database.query(
    `with listed as (
      insert into removals (key, due_at)
      select stored.key, now() + interval '1 second' * $3::double precision
      from unnest($1::text[], $2::text[]) as stored (key, owner)
      where not exists (select from images where images.key = stored.key)
        -- Copies of an image are named after it, and go when it does.
        and not exists (select from images where images.id = stored.owner)
        and not ${isResult('stored.key')}
        -- A job that is not done may have its file already.
        and not exists (select from jobs where jobs.id = stored.owner)
      on conflict (key) do nothing
      returning key
    )
    select count(*)::integer as n from listed`,
    [objects.map(({ key }) => key), objects.map(({ owner }) => owner), settleSeconds],
  );
  return rows.map((row) => integer(row, 'n'))[0] ?? 0;
}
