import * as z from 'zod';
import type { Queryable } from '../database.ts';
import type { StagePaceRow } from '../job-store.ts';
import { decimal, integer, parsed, text } from '../row.ts';

/** Steady tasks from which on others are left out that took so many times what these took on average. */
const FEW = 3;
const WAITED = 1.4;

const MILLISECONDS = z.array(z.number());

/**
 * What was seen of the tasks of some jobs, stage by stage. Milliseconds of a task are looked at over its index: regions
 * are worked on in order, so that what the later ones take can be told from the trend. The first tasks of all wait for
 * the source to be decoded, so that they tell nothing of those to come: where that shows, they are left out.
 */
export async function readPace(database: Queryable, jobs: readonly string[]): Promise<readonly StagePaceRow[]> {
  const rows = await database.query(
    `with timed as (
      select job, stage, index, state, state_at, milliseconds,
        state = 'done' and state_at - milliseconds * interval '1 millisecond'
          >= min(state_at) filter (where state = 'done') over (partition by job, stage) as steady
      from tasks
      where job = any($1::text[])
    ), t as (
      select timed.*, state = 'done' and (
          stage > 0
          or steady
          or count(*) filter (where steady) over stage < $2::integer
          or milliseconds <= $3::double precision * avg(milliseconds) filter (where steady) over stage
        ) as tells
      from timed
      window stage as (partition by job, stage)
    )
    select job, stage,
      count(*) filter (where state = 'done')::integer as done,
      count(*) filter (where state = 'running')::integer as running,
      count(*) filter (where steady)::integer as steady,
      count(*) filter (where tells)::integer as told,
      coalesce(sum(milliseconds) filter (where state = 'done'), 0)::double precision as worked,
      coalesce(avg(milliseconds) filter (where tells), 0)::double precision as mean,
      coalesce(stddev_samp(milliseconds) filter (where tells), 0)::double precision as deviation,
      coalesce(regr_slope(milliseconds, index) filter (where tells), 0)::double precision as slope,
      coalesce(avg(index) filter (where tells), 0)::double precision as done_index,
      coalesce(avg(index) filter (where state <> 'done'), 0)::double precision as rest_index,
      coalesce(extract(epoch from
        case when count(*) filter (where state <> 'done') = 0 then max(state_at) else now() end
        - least(
          min(state_at - milliseconds * interval '1 millisecond') filter (where state = 'done'),
          min(state_at) filter (where state = 'running')
        )) * 1000, 0)::double precision as wall,
      coalesce(jsonb_agg(extract(epoch from now() - state_at) * 1000) filter (where state = 'running'), '[]'::jsonb)
        as under_way
    from t
    group by job, stage
    order by job, stage`,
    [jobs, FEW, WAITED],
  );
  return rows.map((row) => ({
    job: text(row, 'job'),
    stage: integer(row, 'stage'),
    done: integer(row, 'done'),
    running: integer(row, 'running'),
    steady: integer(row, 'steady'),
    told: integer(row, 'told'),
    workedMilliseconds: decimal(row, 'worked'),
    meanMilliseconds: decimal(row, 'mean'),
    deviationMilliseconds: decimal(row, 'deviation'),
    slopeMilliseconds: decimal(row, 'slope'),
    doneIndex: decimal(row, 'done_index'),
    restIndex: decimal(row, 'rest_index'),
    wallMilliseconds: decimal(row, 'wall'),
    underWay: parsed(MILLISECONDS, row, 'under_way'),
  }));
}
