import { takeAdvisoryLock } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import type { Forgetting } from '../job-store.ts';
import { text } from '../row.ts';
import { lockOpenTasks } from './lock-open-tasks.ts';
import { removeJobs } from './remove-jobs.ts';

/** Removes those of some jobs that are the visitor's, however they stand. Gives their ids, and which were open. */
export async function forgetJobs(
  database: Database,
  { jobs, visitor, settleSeconds }: Forgetting,
): Promise<readonly { readonly id: string; readonly open: boolean }[]> {
  return database.transaction(async (transaction) => {
    await takeAdvisoryLock(transaction, 'expire');
    const rows = await transaction.query(
      'select id, state from jobs where id = any($1::text[]) and visitor = $2 order by seq for update',
      [jobs, visitor],
    );
    const found = rows.map((row) => ({
      id: text(row, 'id'),
      open: ['queued', 'running'].includes(text(row, 'state')),
    }));
    for (const { id, open } of found) if (open) await lockOpenTasks(transaction, id);
    const ids = found.map(({ id }) => id);
    await removeJobs(
      transaction,
      'select id, image, created_at, result from jobs where id = any($2::text[])',
      settleSeconds,
      [ids],
    );
    return found;
  });
}
