import type { Queryable } from '../database.ts';
import type { ClaimLimits } from '../job-store.ts';
import { IN_FLIGHT_TASK, OPEN_JOB } from '../life-cycle.ts';
import { integer, text } from '../row.ts';

export interface ClaimedTask {
  readonly id: string;
  readonly job: string;
  readonly stage: number;
  readonly index: number;
  readonly attempts: number;
  readonly base: number;
}

/**
 * Takes ready tasks in their fair order. The caller holds the claim lock, so that the windows hold for all relays
 * together and the turns are taken one after another; `skip locked` passes over tasks that an event holds just now.
 *
 * Fair means: the next task goes to the visitor with the fewest tasks in flight, of those to the one whose last turn
 * is longest ago; within a visitor the same over its jobs; within a job by index. Counting what is in flight makes it
 * fair over calls, not only within one: a visitor who comes later catches up at once.
 *
 * Visitors are found by skipping through the index (one probe each), so the cost grows with the open jobs and the
 * limit, not with the ready tasks. At most `limit` jobs of a visitor are looked into: the first `limit` tasks of a
 * fair order never come from more.
 */
export async function claimTasks(transaction: Queryable, limits: ClaimLimits): Promise<readonly ClaimedTask[]> {
  const rows = await transaction.query(
    `with recursive flying as materialized (
      select tasks.job, jobs.visitor, count(*)::integer as n
      from tasks join jobs on jobs.id = tasks.job
      where tasks.${IN_FLIGHT_TASK}
      group by tasks.job, jobs.visitor
    ), room as (
      select greatest(0, least($1::integer, $3::integer - coalesce(sum(n), 0)::integer)) as n from flying
    ), visitor (name) as (
      (select visitor from jobs where ${OPEN_JOB} order by visitor limit 1)
      union all
      select (select jobs.visitor from jobs where jobs.${OPEN_JOB} and jobs.visitor > visitor.name order by jobs.visitor limit 1)
      from visitor where visitor.name is not null
    ), standing as (
      select visitor.name, coalesce(f.n, 0) as flying, u.served
      from visitor
      left join (select visitor, sum(n)::integer as n from flying group by visitor) f on f.visitor = visitor.name
      left join (select visitor, max(served) as served from turns group by visitor) u on u.visitor = visitor.name
      where visitor.name is not null
    ), job as (
      select standing.name as visitor, standing.flying as visitor_flying, standing.served as visitor_served, due.*
      from standing cross join lateral (
        select jobs.id, jobs.seq, coalesce(flying.n, 0) as flying, turns.served
        from jobs
        left join flying on flying.job = jobs.id
        left join turns on turns.job = jobs.id
        where jobs.visitor = standing.name and jobs.${OPEN_JOB} and coalesce(flying.n, 0) < $2::integer
          and exists (select from tasks where tasks.job = jobs.id and tasks.state = 'ready' and tasks.ready_at <= now())
        order by coalesce(flying.n, 0), turns.served nulls first, jobs.seq
        limit $1::integer
      ) due
    ), candidate as (
      select job.*, task.id as task,
        job.flying + row_number() over (partition by job.id order by task.stage, task.index) as nth
      from job cross join lateral (
        select tasks.id, tasks.stage, tasks.index
        from tasks
        where tasks.job = job.id and tasks.state = 'ready' and tasks.ready_at <= now()
        order by tasks.stage, tasks.index
        limit least($2::integer - job.flying, $1::integer)
      ) task
    ), ranked as (
      select candidate.*,
        visitor_flying + row_number() over (partition by visitor order by nth, served nulls first, seq) as place
      from candidate
    ), chosen as (
      select task, visitor, row_number() over (order by place, visitor_served nulls first, visitor) as place
      from ranked
      order by place, visitor_served nulls first, visitor
      limit (select n from room)
    ), locked as (
      select tasks.id, chosen.visitor, chosen.place
      from chosen join tasks on tasks.id = chosen.task
      where tasks.state = 'ready'
      for update of tasks skip locked
    ), claimed as (
      update tasks set state = 'publishing', state_at = now()
      from locked
      where tasks.id = locked.id
      returning tasks.*, locked.visitor, locked.place
    ), served as (
      insert into turns (job, visitor, served)
      select last.job, last.visitor, nextval('turn_seq')
      from (select job, visitor, max(place) as place from claimed group by job, visitor order by max(place)) last
      on conflict (job) do update set served = excluded.served
    )
    select id, job, stage, index, attempts, attempts_base from claimed order by place`,
    [limits.limit, limits.perJob, limits.inFlight],
  );
  return rows.map((row) => ({
    id: text(row, 'id'),
    job: text(row, 'job'),
    stage: integer(row, 'stage'),
    index: integer(row, 'index'),
    attempts: integer(row, 'attempts'),
    base: integer(row, 'attempts_base'),
  }));
}
