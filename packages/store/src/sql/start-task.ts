import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import { OPEN_JOB, OPEN_TASK } from '../life-cycle.ts';
import { integer } from '../row.ts';
import { TASK_JSON } from '../task-row.ts';

interface Start {
  readonly task: string;
  readonly job: string;
  readonly executor: string;
  readonly attempt: number;
}

/**
 * Notes that an executor began an open task, and with the first one that the job runs. One statement, because it is
 * run for each task. An attempt that is over, or that was noted before, is not begun again. Gives the number of the
 * attempt, counted from 1 for those that count, or undefined if nothing was noted. An attempt that was under way until
 * then is lost: the broker gives a task to somebody else only if its executor is gone. An executor that turned the task
 * away before is remembered here, once, and not each time that somebody has no room.
 */
export async function startTask(database: Queryable, start: Start): Promise<number | undefined> {
  const rows = await database.query(
    `with job as materialized (
      select id from jobs where id = $2 and ${OPEN_JOB} for no key update
    ), before as (
      select state, executor, attempt, attempts, state_at, turned_away_by from tasks where id = $1
    ), t as (
      update tasks set state = 'running', executor = $3, attempt = $4::integer, seen_at = now(), state_at = now(),
        turned_away = 0, turned_away_by = null
      from job
      where tasks.id = $1 and tasks.job = job.id and tasks.${OPEN_TASK}
        and tasks.attempts < $4::integer
        and case when tasks.state = 'running' then tasks.attempt < $4::integer else tasks.attempt <= $4::integer end
      returning tasks.*
    ), begun as (
      update jobs set state = 'running', started_at = coalesce(started_at, now())
      from t
      where jobs.id = t.job and jobs.state = 'queued'
      returning jobs.id
    ), lost as (
      insert into attempts (${ATTEMPT_COLUMNS})
      select t.job, t.stage, t.index, before.attempt, before.executor, before.state_at, now(), 'lost', null
      from t join before on before.state = 'running' and before.attempt < t.attempt
      union all
      select t.job, t.stage, t.index, before.attempts, before.turned_away_by, before.state_at, before.state_at,
        'returned', null
      from t join before on before.turned_away_by <> t.executor
      on conflict do nothing
    ), noted as (
      insert into changes (job, kind, task)
      select begun.id, 'job', null from begun
      union all
      select t.job, 'task', ${TASK_JSON} from t
    )
    select attempt - attempts_base as nth from t`,
    [start.task, start.job, start.executor, start.attempt],
  );
  return rows.map((row) => integer(row, 'nth'))[0];
}
