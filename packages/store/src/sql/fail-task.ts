import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import type { TaskRow } from '../job-store.ts';
import { TASK_JSON } from '../task-row.ts';

interface Failure {
  readonly task: string;
  /** The number of the attempt that is over. */
  readonly attempt: number;
  /** Who made it; null where the broker gave the task up. */
  readonly executor: string | null;
  readonly error: NonNullable<TaskRow['error']>;
}

/** Moves an open task to `failed`. The caller holds the job's row and ends the job. */
export async function failTask(transaction: Queryable, failure: Failure): Promise<void> {
  await transaction.query(
    `with before as (
      select executor, state_at from tasks where id = $1 and state = 'running'
    ), t as (
      update tasks set state = 'failed', state_at = now(), error = $3::jsonb,
        attempts = greatest(attempts, $2::integer), attempt = greatest(attempt, $2::integer)
      where id = $1
      returning *
    ), noted as (
      insert into attempts (${ATTEMPT_COLUMNS})
      select job, stage, index, attempt, coalesce($4, (select executor from before)),
        coalesce((select state_at from before), now()), now(), 'failed', $3::jsonb ->> 'code'
      from t
      on conflict do nothing
    )
    insert into changes (job, kind, task) select t.job, 'task', ${TASK_JSON} from t`,
    [failure.task, failure.attempt, JSON.stringify(failure.error), failure.executor],
  );
}
