import type { ErrorCode } from '@tessera/contracts';
import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import type { TaskRow } from '../job-store.ts';
import { TASK_JSON } from '../task-row.ts';

interface Retry {
  readonly task: string;
  /** Who made the attempt. */
  readonly executor: string;
  /** The number of the attempt that is over. */
  readonly attempt: number;
  readonly delayMilliseconds: number;
  readonly code: ErrorCode;
  /** Why; null if it was given back, which does not count as an attempt. */
  readonly error: TaskRow['error'];
}

/** Makes an open task ready again after a delay. The caller holds the job's row. */
export async function retryTask(transaction: Queryable, retry: Retry): Promise<void> {
  await transaction.query(
    `with before as (
      select state_at from tasks where id = $1 and state = 'running' and attempt = $2::integer
    ), t as (
      update tasks set state = 'ready', state_at = now(), seen_at = null, executor = null,
        ready_at = clock_timestamp() + $3::double precision * interval '1 millisecond',
        attempts = $2::integer,
        attempt = greatest(attempt, $2::integer),
        attempts_base = attempts_base + case when $4::jsonb is null then 1 else 0 end,
        returns = returns + case when $4::jsonb is null then 1 else 0 end,
        returned_at = case when $4::jsonb is null then coalesce(returned_at, clock_timestamp()) else returned_at end,
        error = coalesce($4::jsonb, error)
      where id = $1
      returning *
    ), noted as (
      insert into attempts (${ATTEMPT_COLUMNS})
      select job, stage, index, $2::integer, $5, coalesce((select state_at from before), now()), now(),
        case when $4::jsonb is null then 'returned' else 'failed' end, $6
      from t
      on conflict do nothing
    )
    insert into changes (job, kind, task) select t.job, 'task', ${TASK_JSON} from t`,
    [
      retry.task,
      retry.attempt,
      retry.delayMilliseconds,
      retry.error === null ? null : JSON.stringify(retry.error),
      retry.executor,
      retry.code,
    ],
  );
}
