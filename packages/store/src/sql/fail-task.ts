import type { Queryable } from '../database.ts';
import type { TaskRow } from '../job-store.ts';
import { TASK_JSON } from '../task-row.ts';

interface Failure {
  readonly task: string;
  /** The number of the attempt that is over. */
  readonly attempt: number;
  readonly error: NonNullable<TaskRow['error']>;
}

/** Moves an open task to `failed`. The caller holds the job's row and ends the job. */
export async function failTask(transaction: Queryable, failure: Failure): Promise<void> {
  await transaction.query(
    `with t as (
      update tasks set state = 'failed', state_at = now(), error = $3::jsonb,
        attempts = greatest(attempts, $2::integer), attempt = greatest(attempt, $2::integer)
      where id = $1
      returning *
    )
    insert into changes (job, kind, task) select t.job, 'task', ${TASK_JSON} from t`,
    [failure.task, failure.attempt, JSON.stringify(failure.error)],
  );
}
