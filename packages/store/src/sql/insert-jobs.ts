import { areaText } from '../catalogue-area.ts';
import type { Queryable } from '../database.ts';
import type { NewJob } from '../job-store.ts';

/**
 * Inserts jobs in the given order: with the tasks of their first stage, or as done with the result of the newest
 * finished job of the same key, where that is wanted. Where the job asks for a verified result only such a one counts.
 * The job whose result is reused is held until the new one is there, so that it does not expire meanwhile.
 *
 * @param webhook id of the one that is told of their ends.
 * @throws AppError NOT_FOUND if an image is unknown, CONFLICT if an id is taken.
 */
export async function insertJobs(database: Queryable, jobs: readonly NewJob[], webhook: string | null): Promise<void> {
  const input = jobs.map((job, place) => ({
    place,
    id: job.id,
    visitor: job.visitor,
    batch: job.batch,
    image: job.image.id,
    others: [...new Set(job.plan.others?.map(({ id }) => id))],
    plan: job.plan,
    kernel: job.plan.kernel,
    stage_tasks: job.plan.stages.map(({ tasks }) => tasks),
    reuse_key: job.reuseKey,
    reuse: job.reuse,
    verify: job.verify,
    strategy: job.strategy,
    product: job.product && catalogued(job.product),
  }));
  await database.query(
    `with input as (
      select * from jsonb_to_recordset($1::jsonb) as given (
        place integer, id text, visitor text, batch text, image text, others text[], plan jsonb, kernel text, stage_tasks integer[],
        reuse_key text, reuse boolean, verify boolean, strategy text,
        product jsonb
      )
    ), job as (
      insert into jobs (id, visitor, batch, image, plan, kernel, stage_tasks, reuse_key, verify,
        strategy, product, webhook, state, stage, remaining, result, reused, finished_at)
      select input.id, input.visitor, input.batch, input.image, input.plan, input.kernel, input.stage_tasks,
        input.reuse_key, input.verify,
        input.strategy, input.product, $2::text, case when equal.result is null then 'queued' else 'done' end,
        case when equal.result is null then 0 else cardinality(input.stage_tasks) end,
        case when equal.result is null then input.stage_tasks[1] else 0 end,
        equal.result,
        equal.result is not null,
        case when equal.result is null then null else now() end
      from input
      left join lateral (
        select done.result
        from jobs done
        where input.reuse and done.reuse_key = input.reuse_key and done.state = 'done'
          and (not input.verify or (done.result ->> 'verified')::boolean)
        order by done.seq desc
        limit 1
        for key share
      ) equal on true
      order by input.place
      returning id, state, stage_tasks
    ), task as (
      insert into tasks (id, job, stage, index)
      select job.id || '.0.' || n, job.id, 0, n
      from job, generate_series(0, job.stage_tasks[1] - 1) n
      where job.state = 'queued'
    ), other as (
      insert into job_images (job, image)
      select id, needed from job join input using (id) cross join unnest(input.others) needed
    )
    insert into changes (job, kind) select id, 'job' from job`,
    [JSON.stringify(input), webhook],
  );
}

/** A product as the trigger of the job's end reads it. */
function catalogued({ outline, facts, ...product }: NonNullable<NewJob['product']>) {
  return { ...product, area: areaText(outline), facts: { ...facts, outline } };
}
