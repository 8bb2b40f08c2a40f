import { tryAdvisoryLockShared } from '../advisory-lock.ts';
import type { Database } from '../database.ts';
import { text } from '../row.ts';
import { isResult } from './is-result.ts';

/** Due objects, oldest first, none while a backup holds them; those that a row refers to again are taken off the list. */
export async function listRemovals(database: Database, limit: number): Promise<readonly string[]> {
  return database.transaction(async (transaction) => {
    if (!(await tryAdvisoryLockShared(transaction, 'removals'))) return [];
    await transaction.query(
      `delete from removals
      where due_at <= now() and (
        exists (select from images where images.key = removals.key)
        or ${isResult('removals.key')}
      )`,
    );
    const rows = await transaction.query(
      'select key from removals where due_at <= now() order by due_at, key limit $1::integer',
      [limit],
    );
    return rows.map((row) => text(row, 'key'));
  });
}
