import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import type { Expiry } from '../job-store.ts';
import { removeJobs } from './remove-jobs.ts';

/**
 * Removes jobs that ended long ago. Rows held by somebody, who redrives a job or is about to reuse its result, wait for
 * the next round; those whose product is shared stay. Gives the number of jobs.
 */
export async function expireJobs(database: Database, expiry: Expiry): Promise<number> {
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'expire');
    return removeJobs(
      transaction,
      `select id, image, created_at, result
      from jobs
      where finished_at < now() - interval '1 second' * $2::double precision
        and not exists (select from catalogue_products p where p.job = jobs.id and p.shared)
      order by finished_at
      limit $3::integer
      for update skip locked`,
      expiry.settleSeconds,
      [expiry.olderThanSeconds, expiry.limit],
    );
  });
}
