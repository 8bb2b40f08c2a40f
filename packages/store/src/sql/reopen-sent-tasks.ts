import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import type { HeldTasks } from '../job-store.ts';
import { TASK_JSON } from '../task-row.ts';

/** Makes tasks ready that were sent to inboxes which are gone and that nobody holds, by the database's clock. */
export async function reopenSentTasks(database: Queryable, known: HeldTasks): Promise<number> {
  const rows = await database.query(
    `with old as (
      select id, state, executor, attempt, state_at from tasks
      where state in ('published', 'running') and sent_to is not null
        and sent_to <> all($1::text[]) and id <> all($2::text[])
        and state_at <= now() - interval '1 second' *
          case state when 'published' then $3::double precision else $4::double precision end
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
    [known.inboxes, known.held, known.publishedSeconds, known.runningSeconds],
  );
  return rows.length;
}
