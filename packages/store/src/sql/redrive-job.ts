import type { Database, Transaction } from '../database.ts';
import { lockJob } from './lock-job.ts';

/**
 * Attempts are counted anew from a number that no attempt of before had, however late its events arrive: more than the
 * broker redelivers one message.
 */
const ATTEMPT_GAP = 100;

/**
 * Makes the tasks of a failed job that are not done ready again and the job running: the failed ones, and those that
 * were cancelled because of them. True if it did, false if the job has not failed, undefined if there is no such job.
 */
export async function redriveJob(database: Database, id: string): Promise<boolean | undefined> {
  return database.transaction((transaction) => bringBack(transaction, id));
}

/** The same within a transaction. */
export async function bringBack(transaction: Transaction, id: string): Promise<boolean | undefined> {
  const job = await lockJob(transaction, id);
  if (job === undefined) return undefined;
  if (job.state !== 'failed') return false;
  await transaction.query(
    `update tasks set state = 'ready', ready_at = now(), state_at = now(), seen_at = null, executor = null,
        error = null, returns = 0, returned_at = null, turned_away = 0, turned_away_by = null,
        attempts = greatest(attempts, attempt) + $2::integer, attempt = greatest(attempts, attempt) + $2::integer,
        attempts_base = greatest(attempts, attempt) + $2::integer
      where job = $1 and state in ('failed', 'cancelled')`,
    [id, ATTEMPT_GAP],
  );
  await transaction.query(`update jobs set state = 'running', error = null, finished_at = null where id = $1`, [id]);
  await transaction.query(`insert into changes (job, kind) values ($1, 'job')`, [id]);
  return true;
}
