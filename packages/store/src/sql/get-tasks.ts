import type { Queryable } from '../database.ts';
import type { TaskRow } from '../job-store.ts';
import { TASK_COLUMNS, parseTask } from '../task-row.ts';

/** The tasks of the stages that were begun, by stage and index; undefined if there is no such job. */
export async function getTasks(database: Queryable, job: string): Promise<readonly TaskRow[] | undefined> {
  const rows = await database.query(`select ${TASK_COLUMNS} from tasks t where t.job = $1 order by t.stage, t.index`, [
    job,
  ]);
  if (rows.length > 0) return rows.map(parseTask);
  const jobs = await database.query('select from jobs where id = $1', [job]);
  return jobs.length > 0 ? [] : undefined;
}
