import type { Queryable } from '../database.ts';
import { OPEN_TASK } from '../life-cycle.ts';

/**
 * Locks the open tasks of a job whose row the caller holds. Whoever changes several tasks locks them in the order of
 * their ids, so that no two transactions wait for each other; so this comes before a change of one and then of others.
 */
export async function lockOpenTasks(transaction: Queryable, job: string): Promise<void> {
  await transaction.query(`select from tasks where job = $1 and ${OPEN_TASK} order by id for update`, [job]);
}
