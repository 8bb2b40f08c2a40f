import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';

/**
 * Notes how the jobs ended that redrives brought back, and ends the redrives that have no job left. A job that is gone
 * was forgotten after it had ended unseen. Gives the number of redrives that are over.
 */
export async function settleRedrives(database: Database): Promise<number> {
  const [open] = await database.query(
    `select from redrives where state in ('waiting', 'running')
    union all
    select from redrive_jobs where state = 'redriven'
    limit 1`,
  );
  if (open === undefined) return 0;
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'redrive');
    await transaction.query(
      `update redrive_jobs r set state = end_of.state
      from (
        select r.redrive, r.place,
          case j.state when 'done' then 'succeeded' when 'failed' then 'failed' when 'cancelled' then 'cancelled'
            else 'skipped' end as state
        from redrive_jobs r left join jobs j on j.id = r.job
        where r.state = 'redriven' and (j.id is null or j.state in ('done', 'failed', 'cancelled'))
      ) end_of
      where r.redrive = end_of.redrive and r.place = end_of.place`,
    );
    const over = await transaction.query(
      `update redrives set state = 'done', finished_at = now()
      where state = 'running' and next_at is null
        and not exists (select from redrive_jobs r where r.redrive = redrives.id and r.state in ('waiting', 'redriven'))
      returning id`,
    );
    return over.length;
  });
}
