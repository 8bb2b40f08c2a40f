import type { Database, Row } from '../database.ts';
import type { ChangeRow } from '../job-store.ts';
import { flag, integer, text } from '../row.ts';
import { parseTask } from '../task-row.ts';
import { numberChanges } from './number-changes.ts';

interface ChangeQuery {
  readonly after: number;
  readonly limit: number;
  readonly jobs?: readonly string[] | undefined;
}

function parseChange(row: Row): ChangeRow {
  const identity = { seq: integer(row, 'seq'), job: text(row, 'job') };
  if (row.task === null) return { ...identity, kind: 'job', task: null };
  return { ...identity, kind: 'task', task: parseTask(Object(row.task) as Row) };
}

async function hasUnnumbered(database: Database): Promise<boolean> {
  const rows = await database.query('select exists (select from changes where seq is null) as unnumbered');
  return rows.some((row) => flag(row, 'unnumbered'));
}

/** Changes after `after`, oldest first. */
export async function listChanges(database: Database, query: ChangeQuery): Promise<readonly ChangeRow[]> {
  if (await hasUnnumbered(database)) await numberChanges(database);
  const rows = await database.query(
    `select seq, job, task from changes
    where seq > $1::bigint and ($2::text[] is null or job = any($2))
    order by seq
    limit $3::integer`,
    [query.after, query.jobs ?? null, query.limit],
  );
  return rows.map(parseChange);
}

/** The number of the newest change, whether it was pruned since or not; 0 if there was none. */
export async function lastChange(database: Database): Promise<number> {
  if (await hasUnnumbered(database)) await numberChanges(database);
  const rows = await database.query('select case when is_called then last_value else 0 end as seq from change_seq');
  return rows.map((row) => integer(row, 'seq'))[0] ?? 0;
}
