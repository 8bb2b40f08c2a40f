import { AppError } from '@tessera/runtime';
import type { Queryable } from '../database.ts';
import type { Activity } from '../ops-store.ts';
import { date, decimal, integer, nullable, text } from '../row.ts';

/**
 * Counts the noted changes of tasks. The last second is left to the next question: a transaction that began in it may
 * not be visible yet. A stage that renders makes the whole picture, so its tasks make equal shares of it on average; so does
 * the first stage of a pyramid.
 */
export async function readActivity(database: Queryable, since: Date | undefined): Promise<Activity> {
  const [clock] = await database.query(`select date_trunc('milliseconds', now() - interval '1 second') as until`);
  if (clock === undefined) throw new AppError('INTERNAL');
  const until = date(clock, 'until');
  if (since === undefined || since >= until) return { until: since ?? until, rows: [] };
  const rows = await database.query(
    `with noted as (
      select job, (task ->> 'stage')::integer as stage, task ->> 'state' as state, task ->> 'executor' as executor,
        coalesce((task ->> 'milliseconds')::double precision, 0) as milliseconds,
        jsonb_typeof(task -> 'error') = 'object' as erred
      from changes
      where at > $1::timestamptz and at <= $2::timestamptz and kind = 'task'
    ), summed as (
      select job, stage, executor,
        count(*) filter (where state = 'running') as started,
        count(*) filter (where state = 'done') as done,
        sum(milliseconds) filter (where state = 'done') as milliseconds,
        count(*) filter (where state = 'failed' or (state = 'ready' and erred)) as failed,
        count(*) filter (where state = 'failed') as dead
      from noted
      group by job, stage, executor
    )
    select s.executor, sum(s.started)::integer as started, sum(s.done)::integer as done,
      coalesce(sum(s.milliseconds), 0)::double precision as milliseconds,
      sum(s.failed)::integer as failed, sum(s.dead)::integer as dead,
      coalesce(sum(
        case when s.done > 0 and j.plan -> 'stages' -> s.stage ->> 'kind' in ('render', 'tile', 'sequence')
            and coalesce(j.plan -> 'stages' -> s.stage ->> 'level', '0') = '0'
        then s.done::double precision * i.width * i.height / j.stage_tasks[s.stage + 1] end
      ), 0)::double precision as pixels
    from summed s
    left join jobs j on j.id = s.job
    left join images i on i.id = j.image
    group by s.executor`,
    [since, until],
  );
  return {
    until,
    rows: rows.map((row) => ({
      executor: nullable(text, row, 'executor'),
      started: integer(row, 'started'),
      done: integer(row, 'done'),
      milliseconds: decimal(row, 'milliseconds'),
      pixels: decimal(row, 'pixels'),
      failed: integer(row, 'failed'),
      dead: integer(row, 'dead'),
    })),
  };
}
