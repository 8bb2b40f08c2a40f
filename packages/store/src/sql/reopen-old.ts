import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import { TASK_JSON } from '../task-row.ts';

/**
 * The end of a statement that begins with `with old as (select id, state, executor, attempt, state_at from tasks …)`:
 * makes those tasks ready again. The attempt of a running one is over, which is remembered and told; gives the ids.
 */
export const REOPEN_OLD = `t as (
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
  select id from t`;
