import type { Queryable } from '../database.ts';
import type { DiscardRow } from '../ops-store.ts';
import { date, integer, text } from '../row.ts';

/** What operators took off the list of failed jobs, newest first; what one call discarded has one time. */
export async function listDiscards(database: Queryable, limit: number): Promise<readonly DiscardRow[]> {
  const rows = await database.query(
    `select at, actor, count(*)::integer as jobs from discards
    group by at, actor
    order by at desc, actor
    limit $1::integer`,
    [limit],
  );
  return rows.map((row) => ({
    discardedAt: date(row, 'at'),
    actor: text(row, 'actor'),
    jobs: integer(row, 'jobs'),
  }));
}
