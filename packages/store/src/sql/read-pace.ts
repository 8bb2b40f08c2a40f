import type { Queryable } from '../database.ts';
import type { StagePaceRow } from '../job-store.ts';
import { decimal, integer, text } from '../row.ts';

/**
 * What was seen of the tasks of some jobs, stage by stage. Milliseconds of a task are looked at over its index: regions
 * are worked on in order, so that what the later ones take can be told from the trend.
 */
export async function readPace(database: Queryable, jobs: readonly string[]): Promise<readonly StagePaceRow[]> {
  const rows = await database.query(
    `select job, stage,
      count(*) filter (where state = 'done')::integer as done,
      count(*) filter (where state = 'running')::integer as running,
      coalesce(avg(milliseconds) filter (where state = 'done'), 0)::double precision as mean,
      coalesce(stddev_samp(milliseconds) filter (where state = 'done'), 0)::double precision as deviation,
      coalesce(regr_slope(milliseconds, index) filter (where state = 'done'), 0)::double precision as slope,
      coalesce(avg(index) filter (where state = 'done'), 0)::double precision as done_index,
      coalesce(avg(index) filter (where state <> 'done'), 0)::double precision as rest_index,
      coalesce(extract(epoch from
        case when count(*) filter (where state <> 'done') = 0 then max(state_at) else now() end
        - least(
          min(state_at - milliseconds * interval '1 millisecond') filter (where state = 'done'),
          min(state_at) filter (where state = 'running')
        )) * 1000, 0)::double precision as wall,
      coalesce(sum(extract(epoch from now() - state_at) * 1000) filter (where state = 'running'), 0)::double precision
        as under_way
    from tasks
    where job = any($1::text[])
    group by job, stage
    order by job, stage`,
    [jobs],
  );
  return rows.map((row) => ({
    job: text(row, 'job'),
    stage: integer(row, 'stage'),
    done: integer(row, 'done'),
    running: integer(row, 'running'),
    meanMilliseconds: decimal(row, 'mean'),
    deviationMilliseconds: decimal(row, 'deviation'),
    slopeMilliseconds: decimal(row, 'slope'),
    doneIndex: decimal(row, 'done_index'),
    restIndex: decimal(row, 'rest_index'),
    wallMilliseconds: decimal(row, 'wall'),
    underWayMilliseconds: decimal(row, 'under_way'),
  }));
}
