import type { JobError } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { OPEN_TASK } from '../life-cycle.ts';

/** Ends an open job without a result and cancels its open tasks. The caller holds the job's row and these tasks'. */
export async function endJob(
  transaction: Queryable,
  job: string,
  end: { readonly state: 'cancelled' } | { readonly state: 'failed'; readonly error: JobError },
): Promise<void> {
  await transaction.query(
    `update tasks set state = 'cancelled', state_at = now()
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
