import type { Queryable } from '../database.ts';

/** Tells cheaply whether there is anything to publish; most calls of the relay find nothing. */
export async function hasDueTask(database: Queryable): Promise<boolean> {
  const rows = await database.query(`select from tasks where state = 'ready' and ready_at <= now() limit 1`);
  return rows.length > 0;
}
