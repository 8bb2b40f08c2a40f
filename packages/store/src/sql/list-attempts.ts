import { ATTEMPT_COLUMNS, parseAttempt } from '../attempt-row.ts';
import type { Queryable } from '../database.ts';
import type { AttemptFilter, AttemptRow } from '../job-store.ts';

/**
 * All attempts of a job in the order in which they began; undefined if there is no such job. Those that finished their
 * task began as long before as the executor says that it worked.
 */
export async function listAttempts(
  database: Queryable,
  job: string,
  { handedOn = false }: AttemptFilter = {},
): Promise<readonly AttemptRow[] | undefined> {
  const rows = await database.query(
    `select ${ATTEMPT_COLUMNS} from attempts
    where job = $1 and (not $2::boolean or outcome in ('lost', 'returned'))
    union all
    select job, stage, index, attempt, executor,
      case state when 'done' then state_at - milliseconds * interval '1 millisecond' else state_at end,
      case state when 'done' then state_at end,
      case state when 'done' then 'done' end,
      null
    from tasks
    where job = $1 and not $2::boolean and state in ('done', 'running')
    order by began_at, stage, index`,
    [job, handedOn],
  );
  if (rows.length > 0) return rows.map(parseAttempt);
  const jobs = await database.query('select from jobs where id = $1', [job]);
  return jobs.length > 0 ? [] : undefined;
}
