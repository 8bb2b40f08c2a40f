import { jobStateSchema, taskStateSchema, type JobState, type TaskState } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { decimal, integer, parsed } from '../row.ts';

export async function countJobStates(database: Queryable): Promise<Readonly<Partial<Record<JobState, number>>>> {
  const rows = await database.query('select state, count(*)::integer as n from jobs group by state');
  return Object.fromEntries(rows.map((row) => [parsed(jobStateSchema, row, 'state'), integer(row, 'n')]));
}

export async function countTaskStates(database: Queryable): Promise<Readonly<Partial<Record<TaskState, number>>>> {
  const rows = await database.query('select state, count(*)::integer as n from tasks group by state');
  return Object.fromEntries(rows.map((row) => [parsed(taskStateSchema, row, 'state'), integer(row, 'n')]));
}

/** Age of the task that waits longest of those that may be published now; 0 if there is none. By the index of ready tasks. */
export async function oldestReadySeconds(database: Queryable): Promise<number> {
  const rows = await database.query(
    `select coalesce(extract(epoch from now() - min(ready_at)), 0)::double precision as age
    from tasks where state = 'ready' and ready_at <= now()`,
  );
  return rows[0] === undefined ? 0 : decimal(rows[0], 'age');
}
