import type { Queryable } from '../database.ts';
import { integer } from '../row.ts';

/** Drops old changes, and the turns of jobs that are over. Gives the number of changes dropped. */
export async function pruneChanges(database: Queryable, seconds: number): Promise<number> {
  const rows = await database.query(
    `with pruned as (
      delete from changes where at < now() - interval '1 second' * $1::double precision returning id
    ), over as (
      delete from turns
      using jobs
      where jobs.id = turns.job and jobs.finished_at < now() - interval '1 second' * $1::double precision
    )
    select count(*)::integer as n from pruned`,
    [seconds],
  );
  return rows.map((row) => integer(row, 'n'))[0] ?? 0;
}
