import { jobStateSchema, taskStateSchema, type JobState, type TaskState } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { integer, parsed } from '../row.ts';

export async function countJobStates(database: Queryable): Promise<Readonly<Partial<Record<JobState, number>>>> {
  const rows = await database.query('select state, count(*)::integer as n from jobs group by state');
  return Object.fromEntries(rows.map((row) => [parsed(jobStateSchema, row, 'state'), integer(row, 'n')]));
}

export async function countTaskStates(database: Queryable): Promise<Readonly<Partial<Record<TaskState, number>>>> {
  const rows = await database.query('select state, count(*)::integer as n from tasks group by state');
  return Object.fromEntries(rows.map((row) => [parsed(taskStateSchema, row, 'state'), integer(row, 'n')]));
}
