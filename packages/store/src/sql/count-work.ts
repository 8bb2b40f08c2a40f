import { AppError } from '@tessera/runtime';
import type { Queryable } from '../database.ts';
import { IN_FLIGHT_TASK, OPEN_JOB } from '../life-cycle.ts';
import type { WorkCounts } from '../ops-store.ts';
import { date, decimal, integer, nullable } from '../row.ts';

/** Everything that is open, by partial indexes only: it is asked for every few seconds. */
export async function countWork(database: Queryable): Promise<WorkCounts> {
  const [row] = await database.query(
    `select
      (select count(*) from jobs where ${OPEN_JOB} and state = 'queued')::integer as queued,
      (select count(*) from jobs where ${OPEN_JOB} and state = 'running')::integer as running,
      (select count(*) from tasks where state = 'ready')::integer as ready,
      (select count(*) from tasks where ${IN_FLIGHT_TASK})::integer as in_flight,
      (select coalesce(extract(epoch from now() - min(ready_at)), 0) from tasks where state = 'ready' and ready_at <= now())
        ::double precision as oldest,
      (select count(*) from redrives where state in ('waiting', 'running'))::integer as redrives,
      (select finished_at from jobs where finished_at is not null and state = 'done' order by finished_at desc limit 1)
        as last_done`,
  );
  if (row === undefined) throw new AppError('INTERNAL');
  return {
    queued: integer(row, 'queued'),
    running: integer(row, 'running'),
    ready: integer(row, 'ready'),
    inFlight: integer(row, 'in_flight'),
    oldestReadySeconds: Math.max(0, decimal(row, 'oldest')),
    openRedrives: integer(row, 'redrives'),
    lastDoneAt: nullable(date, row, 'last_done'),
  };
}
