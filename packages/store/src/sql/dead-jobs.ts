import { errorCodeSchema, jobErrorSchema, sizeSchema, type DeadFilter } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import * as z from 'zod';
import type { Database, Queryable } from '../database.ts';
import type { DeadGroupRow, DeadJobRow, Keeping } from '../ops-store.ts';
import { date, flag, integer, nullable, parsed, text } from '../row.ts';

const wordsSchema = z.array(z.string());

/**
 * `dead`: every failed job that was not discarded since, with the task that failed it and its cause. A job that was put
 * back after a restore has no failed task; it is taken to have failed in the stage it is in. `$1`: seconds for which
 * failed jobs can be redriven.
 */
const DEAD = `
  failed as (
    select j.id as job, j.seq, j.image, j.plan, j.error, j.finished_at,
      coalesce(t.stage, least(j.stage, cardinality(j.stage_tasks) - 1)) as stage, coalesce(t.index, 0) as index,
      t.executor,
      j.finished_at > now() - interval '1 second' * $1::double precision
        and not exists (select from redrive_jobs r where r.job = j.id and r.state = 'waiting') as redrivable
    from jobs j
    left join lateral (
      select stage, index, executor from tasks where tasks.job = j.id and tasks.state = 'failed' order by stage, index limit 1
    ) t on true
    where j.state = 'failed'
      and not exists (select from discards d where d.job = j.id and d.failed_at = j.finished_at)
  ), caused as (
    select failed.*, error ->> 'code' as code, plan -> 'stages' -> stage ->> 'kind' as kind,
      case plan -> 'stages' -> stage ->> 'kind'
        when 'sequence' then jsonb_path_query_array(plan, '$.pipeline[*].op')
        else jsonb_path_query_array(plan -> 'stages' -> stage, '$.pass.before[*].op')
          || jsonb_path_query_array(plan -> 'stages' -> stage, '$.pass.global.step.op')
          || jsonb_path_query_array(plan -> 'stages' -> stage, '$.pass.after[*].op')
          || jsonb_path_query_array(plan -> 'stages' -> stage, '$.step.op')
      end as operations
    from failed
  ), dead as (
    select caused.*, md5(concat_ws('/', code, kind, operations::text)) as cause from caused
  )`;

const HOURS = 24;

export async function deadGroups(
  database: Queryable,
  { keepFailedSeconds }: Keeping,
): Promise<readonly DeadGroupRow[]> {
  const rows = await database.query(
    `with ${DEAD}
    select cause, code, kind, operations, greatest(0, floor(extract(epoch from now() - finished_at) / 3600))::integer as hour,
      count(*)::integer as jobs, (count(*) filter (where redrivable))::integer as redrivable,
      min(finished_at) as first_at, max(finished_at) as last_at
    from dead
    group by cause, code, kind, operations, hour
    order by hour`,
    [keepFailedSeconds],
  );
  const byCause = Map.groupBy(rows, (row) => text(row, 'cause'));
  return [...byCause]
    .map(([id, [newest, ...older]]) => groupOf(id, newest === undefined ? older : [newest, ...older]))
    .sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime());
}

/** @param rows of one cause, one for each hour in which it struck, the latest first. */
function groupOf(id: string, rows: readonly Parameters<typeof text>[0][]): DeadGroupRow {
  const [newest] = rows;
  const oldest = rows.at(-1);
  if (newest === undefined || oldest === undefined) throw new AppError('INTERNAL');
  const hours = Array<number>(HOURS).fill(0);
  for (const row of rows) {
    const ago = integer(row, 'hour');
    if (ago < HOURS) hours[HOURS - 1 - ago] = integer(row, 'jobs');
  }
  const sum = (column: string): number => rows.reduce((total, row) => total + integer(row, column), 0);
  return {
    id,
    code: parsed(errorCodeSchema, newest, 'code'),
    kind: text(newest, 'kind'),
    operations: parsed(wordsSchema, newest, 'operations'),
    jobs: sum('jobs'),
    redrivable: sum('redrivable'),
    firstAt: date(oldest, 'first_at'),
    lastAt: date(newest, 'last_at'),
    hours,
  };
}

interface DeadQuery extends Keeping {
  readonly group: string;
  readonly limit: number;
  readonly before?: string | undefined;
}

export async function deadJobs(
  database: Queryable,
  { keepFailedSeconds, group, limit, before }: DeadQuery,
): Promise<{ jobs: readonly DeadJobRow[]; next: string | null }> {
  const rows = await database.query(
    `with ${DEAD}
    select dead.job, dead.error, dead.kind, dead.stage, dead.index, dead.executor, dead.finished_at, dead.redrivable,
      dead.plan -> 'picture' as picture, i.id as image, i.name
    from dead join images i on i.id = dead.image
    where dead.cause = $2
      and ($3::text is null or (dead.finished_at, dead.seq) < (select d.finished_at, d.seq from dead d where d.job = $3))
    order by dead.finished_at desc, dead.seq desc
    limit $4::integer + 1`,
    [keepFailedSeconds, group, before ?? null, limit],
  );
  const jobs = rows.slice(0, limit).map((row): DeadJobRow => {
    const { code, message, region, attempts } = parsed(jobErrorSchema, row, 'error');
    return {
      job: text(row, 'job'),
      image: { id: text(row, 'image'), name: text(row, 'name') },
      picture: parsed(sizeSchema, row, 'picture'),
      code,
      message,
      kind: text(row, 'kind'),
      stage: integer(row, 'stage'),
      index: integer(row, 'index'),
      region: region ?? null,
      attempts,
      executor: nullable(text, row, 'executor'),
      failedAt: date(row, 'finished_at'),
      redrivable: flag(row, 'redrivable'),
    };
  });
  return { jobs, next: rows.length > limit ? (jobs.at(-1)?.job ?? null) : null };
}

/** `chosen`: what a filter means of `dead`; for `filterParameters` from `$2` on. */
export const CHOSEN = `${DEAD}, chosen as (
    select job, seq, finished_at, redrivable from dead
    where ($2::text is null or cause = $2) and ($3::text[] is null or job = any($3))
  )`;

/** @returns parameters `$1` to `$3` of `CHOSEN`. */
export function filterParameters({ group, jobs }: DeadFilter, { keepFailedSeconds }: Keeping) {
  return [keepFailedSeconds, group ?? null, jobs ?? null] as const;
}

export async function countDead(
  database: Queryable,
  filter: DeadFilter,
  keeping: Keeping,
): Promise<{ matching: number; redrivable: number }> {
  const rows = await database.query(
    `with ${CHOSEN}
    select count(*)::integer as matching, (count(*) filter (where redrivable))::integer as redrivable from chosen`,
    filterParameters(filter, keeping),
  );
  const [row] = rows;
  if (row === undefined) throw new AppError('INTERNAL');
  const limit = filter.limit ?? Number.MAX_SAFE_INTEGER;
  return {
    matching: Math.min(limit, integer(row, 'matching')),
    redrivable: Math.min(limit, integer(row, 'redrivable')),
  };
}

/** Gives the number of jobs that are off the list. */
export async function discardDead(
  database: Database,
  filter: DeadFilter,
  atMost: number,
  actor: string,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const rows = await transaction.query(
      `with ${CHOSEN}, gone as (
        insert into discards (job, failed_at, actor)
        select job, finished_at, $4 from chosen order by finished_at desc, seq desc limit $5::integer
        on conflict (job) do update set failed_at = excluded.failed_at, actor = excluded.actor, at = excluded.at
        returning job
      )
      select count(*)::integer as n from gone`,
      [...filterParameters(filter, { keepFailedSeconds: 0 }), actor, filter.limit ?? null],
    );
    const discarded = rows.map((row) => integer(row, 'n'))[0] ?? 0;
    if (discarded > atMost) {
      throw new AppError('CONFLICT', {
        message: `There are ${String(discarded)} by now, not ${String(atMost)}: nothing was discarded.`,
      });
    }
    return discarded;
  });
}
