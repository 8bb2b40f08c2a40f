import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import type { Expiry } from '../job-store.ts';
import { removeJobs } from './remove-jobs.ts';

/**
 * Removes jobs that ended long ago. Rows held by somebody, who redrives a job or is about to reuse its result, wait for
 * the next round. Gives the number of jobs.
 */
export async function expireJobs(database: Database, expiry: Expiry): Promise<number> {
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'expire');
    return removeJobs(
      transaction,
      `select id, image, created_at, result
      from jobs
      where finished_at < now() - interval '1 second' * $2::double precision
      order by finished_at
      limit $3::integer
      for update skip locked`,
      expiry.settleSeconds,
      [expiry.olderThanSeconds, expiry.limit],
    );
  });
}
