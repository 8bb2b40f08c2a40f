import type { Queryable } from '../database.ts';
import { text } from '../row.ts';

export async function findJobOfTask(database: Queryable, task: string): Promise<string | undefined> {
  const rows = await database.query('select job from tasks where id = $1', [task]);
  return rows.map((row) => text(row, 'job'))[0];
}
