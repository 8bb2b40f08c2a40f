import { jobStateSchema, type JobState, type ResultFacts } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { OPEN_JOB, OPEN_TASK } from '../life-cycle.ts';
import { parsed } from '../row.ts';
import { TASK_JSON } from '../task-row.ts';
import { PLAN_MARK } from './plan-mark.ts';

interface Finish {
  readonly task: string;
  readonly job: string;
  readonly executor: string;
  readonly attempt: number;
  readonly milliseconds: number;
  /** Ignored but for the last task of the job, which can't be finished without. */
  readonly result: ResultFacts | undefined;
  /** It was a merge whose state no further round would change: what is left of the rounds is passed over. */
  readonly settled: boolean;
}

/**
 * Finishes an open task of the stage under way. Whoever brings the stage's remaining tasks to zero inserts the next
 * stage, or ends the job. One statement, because it is run for each task; the job's row is held from its first step
 * on, so that of several last tasks exactly one sees `remaining = 1`. Gives the state of the job afterwards, or
 * undefined if nothing was done. Any attempt may finish a task: results do not depend on who made them.
 */
export async function finishTask(database: Queryable, finish: Finish): Promise<JobState | undefined> {
  const rows = await database.query(
    `with job as materialized (
      select id, stage, cardinality(stage_tasks) as stages,
        1 + case when $7::boolean
          then coalesce((plan #>> array['stages', stage::text, 'lastMerge'])::integer, stage) else stage end as next
      from jobs where id = $2 and ${OPEN_JOB} for no key update
    ), t as (
      update tasks set state = 'done', executor = $3, attempt = greatest(tasks.attempt, $4::integer),
        milliseconds = $5::double precision, error = null, seen_at = now(), state_at = now()
      from job
      where tasks.id = $1 and tasks.job = job.id and tasks.stage = job.stage and tasks.${OPEN_TASK}
        and ($6::jsonb is not null or job.stage + 1 < job.stages)
      returning tasks.*, job.next
    ), j as (
      update jobs set
        state = case when remaining = 1 and jobs.stage + 1 = cardinality(stage_tasks) then 'done' else 'running' end,
        result = case when remaining = 1 and jobs.stage + 1 = cardinality(stage_tasks) then $6::jsonb end,
        finished_at = case when remaining = 1 and jobs.stage + 1 = cardinality(stage_tasks) then now() end,
        started_at = coalesce(started_at, now()),
        stage = case when remaining = 1 then t.next else jobs.stage end,
        passed_over = case when remaining = 1
          then jobs.passed_over || array(select generate_series(t.stage + 1, t.next - 1)) else jobs.passed_over end,
        remaining = case when remaining = 1 then coalesce(stage_tasks[t.next + 1], 0) else remaining - 1 end
      from t
      where jobs.id = t.job
      returning jobs.id, jobs.state, jobs.stage, jobs.remaining, jobs.stage > t.stage as moved,
        case when jobs.stage > t.stage then ${PLAN_MARK} end as mark
    ), next as (
      insert into tasks (id, job, stage, index)
      select j.id || '.' || j.stage || '.' || n || j.mark, j.id, j.stage, n
      from j, generate_series(0, j.remaining - 1) n
      where j.moved
    ), noted as (
      insert into changes (job, kind, task)
      select t.job, 'task', ${TASK_JSON} from t
      union all
      select j.id, 'job', null from j where j.moved
    )
    select state from j`,
    [
      finish.task,
      finish.job,
      finish.executor,
      finish.attempt,
      finish.milliseconds,
      finish.result === undefined ? null : JSON.stringify(finish.result),
      finish.settled,
    ],
  );
  return rows.map((row) => parsed(jobStateSchema, row, 'state'))[0];
}
