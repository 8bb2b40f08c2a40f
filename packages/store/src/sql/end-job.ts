import type { JobError } from '@tessera/contracts';
import { ATTEMPT_COLUMNS } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import { OPEN_TASK } from '../life-cycle.ts';

/** Ends an open job without a result and cancels its open tasks. The caller holds the job's row and these tasks'. */
export async function endJob(
  transaction: Queryable,
  job: string,
  end: { readonly state: 'cancelled' } | { readonly state: 'failed'; readonly error: JobError },
): Promise<void> {
  await transaction.query(
    `with noted as (
      insert into attempts (${ATTEMPT_COLUMNS})
      select job, stage, index, attempt, executor, state_at, now(), 'cancelled', null
      from tasks
      where job = $1 and state = 'running'
      on conflict do nothing
    )
    update tasks set state = 'cancelled', state_at = now()
    where job = $1 and ${OPEN_TASK}`,
    [job],
  );
  await transaction.query(`update jobs set state = $2, error = $3::jsonb, finished_at = now() where id = $1`, [
    job,
    end.state,
    end.state === 'failed' ? JSON.stringify(end.error) : null,
  ]);
  await transaction.query(`insert into changes (job, kind) values ($1, 'job')`, [job]);
}
