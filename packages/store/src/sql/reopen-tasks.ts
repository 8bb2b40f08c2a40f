import type { Queryable } from '../database.ts';
import { REOPEN_OLD } from './reopen-old.ts';

interface Ages {
  /** Seconds since the last change or sign of life, per state; null leaves tasks of the state alone. */
  readonly publishing: number | null;
  readonly published: number | null;
  readonly running: number | null;
  /** Also those that were sent to an inbox. */
  readonly inboxes: boolean;
}

/**
 * Makes tasks ready that were in flight for so long without a change or a sign of life, by the database's clock.
 * The attempt of a running one is over: nobody is known to work on it, and a task that brings its executor down must
 * not come back for ever. Gives their number.
 */
export async function reopenTasks(database: Queryable, ages: Ages): Promise<number> {
  const rows = await database.query(
    `with old as (
      select id, state, executor, attempt, state_at from tasks
      where state in ('publishing', 'published', 'running') and ($4::boolean or sent_to is null)
        and greatest(state_at, seen_at) <= now() - interval '1 second' * case state
          when 'publishing' then $1::double precision
          when 'published' then $2::double precision
          else $3::double precision
        end
      order by id
      for update
    ), ${REOPEN_OLD}`,
    [ages.publishing, ages.published, ages.running, ages.inboxes],
  );
  return rows.length;
}
