import type { Queryable } from '../database.ts';
import type { Expiry } from '../expiry.ts';
import { integer } from '../row.ts';

/** Forgets pipelines that nobody looked for so long, of visitors who have no jobs. Gives their number. */
export async function expirePipelines(
  database: Queryable,
  { olderThanSeconds, limit }: Omit<Expiry, 'settleSeconds'>,
): Promise<number> {
  const rows = await database.query(
    `with due as (
      select id from pipelines
      where seen_at < now() - interval '1 second' * $1::double precision
        and not exists (select from jobs where jobs.visitor = pipelines.visitor)
      order by seen_at
      limit $2::integer
      for update skip locked
    ), gone as (
      delete from pipelines using due where pipelines.id = due.id returning pipelines.id
    )
    select count(*)::integer as n from gone`,
    [olderThanSeconds, limit],
  );
  return rows.map((row) => integer(row, 'n'))[0] ?? 0;
}
