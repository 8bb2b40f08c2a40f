import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import { TASK_JSON } from '../task-row.ts';

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
    ), t as (
      update tasks set state = 'ready', ready_at = now(), state_at = now(), seen_at = null, executor = null,
        attempts = case when old.state = 'running' then greatest(tasks.attempts, tasks.attempt) else tasks.attempts end
      from old
      where tasks.id = old.id
      returning tasks.*, old.state as before
    ), lost as (
      insert into attempts (${ATTEMPT_COLUMNS})
      select t.job, t.stage, t.index, old.attempt, old.executor, old.state_at, now(), 'lost', null
      from t join old on old.id = t.id
      where old.state = 'running'
      on conflict do nothing
    ), noted as (
      insert into changes (job, kind, task) select t.job, 'task', ${TASK_JSON} from t where t.before = 'running'
    )
    select id from t`,
    [ages.publishing, ages.published, ages.running, ages.inboxes],
  );
  return rows.length;
}
