import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';

/**
 * Gives the committed changes that have none their `seq`.
 *
 * A number taken at insertion would not do: transactions commit in another order than they take numbers, so that
 * whoever reads "after 7" could see 9, go on from there, and never see the 8 that is committed later. Holding a lock
 * from the insertion to the commit would keep the order, but all events of all jobs would wait for each other's
 * commit. So readers number what they can see: under a lock held until the numbers are committed, taken before the
 * statement that looks, hence numbers become visible in their order and without a gap behind.
 */
export async function numberChanges(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'numberChanges');
    await transaction.query(
      `update changes set seq = fresh.seq
      from (
        select id, nextval('change_seq') as seq
        from (select id from changes where seq is null order by id) unnumbered
      ) fresh
      where changes.id = fresh.id`,
    );
  });
}
