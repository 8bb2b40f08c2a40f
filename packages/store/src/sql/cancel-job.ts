import type { Database } from '../database.ts';
import { endJob } from './end-job.ts';
import { lockJob } from './lock-job.ts';
import { lockOpenTasks } from './lock-open-tasks.ts';

/** True if the job was open and is cancelled now, false if it had ended, undefined if there is no such job. */
export async function cancelJob(database: Database, id: string): Promise<boolean | undefined> {
  return database.transaction(async (transaction) => {
    const job = await lockJob(transaction, id);
    if (job === undefined) return undefined;
    if (job.state !== 'queued' && job.state !== 'running') return false;
    await lockOpenTasks(transaction, id);
    await endJob(transaction, id, { state: 'cancelled' });
    return true;
  });
}
