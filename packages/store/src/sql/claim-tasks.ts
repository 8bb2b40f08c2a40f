import type { Queryable } from '../database.ts';
import type { ClaimLimits } from '../job-store.ts';
import { IN_FLIGHT_TASK, OPEN_JOB } from '../life-cycle.ts';
import { integer, nullable, text } from '../row.ts';
import { JOB_KERNEL } from './job-kernel.ts';

export interface ClaimedTask {
  readonly id: string;
  readonly job: string;
  readonly stage: number;
  readonly index: number;
  readonly attempts: number;
  readonly base: number;
  readonly turnedAwayBy: string | null;
}

/** Jobs of a visitor that take turns; the next ones follow as these have nothing ready or their window is full. */
const ACTIVE_JOBS = 8;

/**
 * Takes ready tasks in their fair order. The caller holds the claim lock, so that the windows hold for all relays
 * together and the turns are taken one after another; `skip locked` passes over tasks that an event holds just now.
 *
 * Fair means: the next task goes to the visitor with the fewest tasks in flight, of those to the one whose last turn
 * is longest ago; within a visitor the same over the jobs that take turns; within a job by index. Counting what is in
 * flight makes it fair over calls, not only within one: a visitor who comes later catches up at once.
 *
 * Not all jobs of a visitor take turns at one time but, of those with something to do, the first few by submission,
 * then the next few, and so on: a thousand large images side by side would each be decoded everywhere and all end last.
 *
 * The form of the query serves the plan, which must be good without statistics, as in a database that has just been
 * filled: visitors are found by skipping through the index of open jobs, jobs are read in its order and no further than
 * needed, tasks are counted, found and locked by index. So the cost grows with the visitors and the limit, not with the
 * jobs and tasks that wait (5 ms for 16 tasks of 1000 or of 10 000 waiting jobs on two busy cores; a form that joined the
 * open jobs to the ready tasks took 40 to 270 ms).
 */
export async function claimTasks(transaction: Queryable, limits: ClaimLimits): Promise<readonly ClaimedTask[]> {
  const rows = await transaction.query(
    `with recursive flying as materialized (
      select jobs.visitor, sum(busy.n)::integer as n
      from (select job, count(*) as n from tasks where ${IN_FLIGHT_TASK} group by job) busy
      join jobs on jobs.id = busy.job
      group by jobs.visitor
    ), visitor (name) as (
      (select visitor from jobs where ${OPEN_JOB} order by visitor limit 1)
      union all
      select (
        select jobs.visitor from jobs where jobs.${OPEN_JOB} and jobs.visitor > visitor.name order by jobs.visitor limit 1
      )
      from visitor where visitor.name is not null
    ), due_job as (
      select visitor.name as visitor, job.id, job.seq, job.flying,
        (row_number() over (partition by visitor.name order by job.seq) - 1) / $4::integer as active
      from visitor cross join lateral (
        select jobs.id, jobs.seq, busy.n as flying
        from jobs cross join lateral (
          select count(*)::integer as n from tasks where tasks.job = jobs.id and tasks.${IN_FLIGHT_TASK}
        ) busy
        where jobs.visitor = visitor.name and jobs.${OPEN_JOB} and busy.n < $2::integer
          and (jobs.strategy = 'balanced' or $5::text[] is null or ${JOB_KERNEL} = any($5::text[]))
          and (
            select true from tasks where tasks.job = jobs.id and tasks.state = 'ready' and tasks.ready_at <= now() limit 1
          )
        order by jobs.seq
        limit greatest($1::integer, $4::integer)
      ) job
    ), due_task as (
      select due_job.visitor, due_job.seq, due_job.active, task.id,
        due_job.flying + row_number() over (partition by due_job.id order by task.stage, task.index) as nth,
        (select turns.served from turns where turns.job = due_job.id) as served
      from due_job cross join lateral (
        select tasks.id, tasks.stage, tasks.index
        from tasks
        where tasks.job = due_job.id and tasks.state = 'ready' and tasks.ready_at <= now()
        order by tasks.stage, tasks.index
        limit least($2::integer - due_job.flying, $1::integer)
      ) task
    ), ranked as (
      select visitor, id, row_number() over (partition by visitor order by active, nth, served nulls first, seq) as nth
      from due_task
    ), placed as (
      select ranked.visitor, ranked.id, coalesce(flying.n, 0) + ranked.nth as place,
        (select max(turns.served) from turns where turns.visitor = ranked.visitor) as served
      from ranked left join flying on flying.visitor = ranked.visitor
      where ranked.nth <= $1::integer
    ), chosen as materialized (
      select id, visitor, row_number() over (order by place, served nulls first, visitor) as place
      from placed
      order by place, served nulls first, visitor
      limit greatest(0, least($1::integer, $3::integer - (select coalesce(sum(n), 0) from flying)))
    ), locked as materialized (
      select tasks.id, tasks.state from tasks where tasks.id = any(array(select id from chosen)) for update skip locked
    ), claimed as (
      update tasks set state = 'publishing', state_at = now(), sent_to = null
      from chosen
      where tasks.id = any(array(select id from locked where state = 'ready')) and tasks.id = chosen.id
      returning tasks.*, chosen.visitor, chosen.place
    ), served as (
      insert into turns (job, visitor, served)
      select last.job, last.visitor, nextval('turn_seq')
      from (select job, visitor, max(place) as place from claimed group by job, visitor order by max(place)) last
      on conflict (job) do update set served = excluded.served
    )
    select id, job, stage, index, attempts, attempts_base, turned_away_by from claimed order by place`,
    [limits.limit, limits.perJob, limits.inFlight, ACTIVE_JOBS, limits.random ?? null],
  );
  return rows.map((row) => ({
    id: text(row, 'id'),
    job: text(row, 'job'),
    stage: integer(row, 'stage'),
    index: integer(row, 'index'),
    attempts: integer(row, 'attempts'),
    base: integer(row, 'attempts_base'),
    turnedAwayBy: nullable(text, row, 'turned_away_by'),
  }));
}
