import type { Queryable } from '../database.ts';
import { IN_FLIGHT_TASK } from '../life-cycle.ts';

/** Also of tasks whose `started` did not arrive yet. */
export async function touchTasks(database: Queryable, tasks: readonly string[]): Promise<void> {
  await database.query(
    `update tasks set seen_at = now()
    where id in (select id from tasks where id = any($1::text[]) and ${IN_FLIGHT_TASK} order by id for update)`,
    [tasks],
  );
}
