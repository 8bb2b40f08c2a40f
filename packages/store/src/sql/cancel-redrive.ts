import type { Database, Queryable } from '../database.ts';
import { text } from '../row.ts';

/** True if the redrive was open and brings nothing back any more, false if it was over, undefined if there is none. */
export async function cancelRedrive(database: Database, id: string): Promise<boolean | undefined> {
  return database.transaction(async (transaction) => {
    const [row] = await transaction.query('select state from redrives where id = $1 for update', [id]);
    if (row === undefined) return undefined;
    if (!['waiting', 'running'].includes(text(row, 'state'))) return false;
    await transaction.query(`update redrive_jobs set state = 'skipped' where redrive = $1 and state = 'waiting'`, [id]);
    await transaction.query(
      `update redrives set state = 'cancelled', finished_at = now(), next_at = null where id = $1`,
      [id],
    );
    return true;
  });
}

/** Forgets what was over so long ago. Gives its number. */
export async function pruneRedrives(database: Queryable, seconds: number): Promise<number> {
  const rows = await database.query(
    `delete from redrives where finished_at < now() - interval '1 second' * $1::double precision returning id`,
    [seconds],
  );
  return rows.length;
}
