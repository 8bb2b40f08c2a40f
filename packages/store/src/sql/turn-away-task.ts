import type { Queryable } from '../database.ts';

interface TurnedAway {
  readonly task: string;
  readonly executor: string;
  /** The number of the attempt that is over and does not count. */
  readonly attempt: number;
  readonly delayMilliseconds: number;
}

/**
 * Makes an open task ready again after a delay, for another executor. One that somebody else began meanwhile is left
 * alone. The caller holds the job's row.
 */
export async function turnAwayTask(transaction: Queryable, turned: TurnedAway): Promise<boolean> {
  const rows = await transaction.query(
    `update tasks set state = 'ready', state_at = now(), seen_at = null, executor = null,
      ready_at = clock_timestamp() + $4::double precision * interval '1 millisecond',
      attempts = $3::integer, attempt = greatest(attempt, $3::integer), attempts_base = attempts_base + 1,
      turned_away = turned_away + 1, turned_away_by = $2
    where id = $1 and (state <> 'running' or executor = $2)
    returning id`,
    [turned.task, turned.executor, turned.attempt, turned.delayMilliseconds],
  );
  return rows.length > 0;
}
