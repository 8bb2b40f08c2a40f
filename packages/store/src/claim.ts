import { MESSAGE_VERSION, type TaskMessage } from '@tessera/contracts';
import { takeAdvisoryLock } from './advisory-lock.ts';
import type { Database } from './database.ts';
import type { ClaimLimits } from './job-store.ts';
import { claimTasks } from './sql/claim-tasks.ts';
import { getOrders } from './sql/get-orders.ts';
import { hasDueTask } from './sql/has-due-task.ts';

/** Takes ready tasks in their fair order and gives their messages. */
export async function claim(database: Database, limits: ClaimLimits): Promise<readonly TaskMessage[]> {
  if (!(await hasDueTask(database))) return [];
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'claim');
    const tasks = await claimTasks(transaction, limits);
    if (tasks.length === 0) return [];
    const orders = await getOrders(transaction, [...new Set(tasks.map(({ job }) => job))]);
    return tasks.flatMap(({ id, job, stage, index, attempts, base, turnedAwayBy }) => {
      const order = orders.get(job);
      if (order === undefined) return [];
      const maxAttempts = base + limits.maxAttempts;
      const refusal = turnedAwayBy === null ? {} : { turnedAwayBy };
      return [{ v: MESSAGE_VERSION, task: id, job, stage, index, attempts, maxAttempts, ...order, ...refusal }];
    });
  });
}
