import type { TaskState } from '@tessera/contracts';
import { taskStateSchema } from '@tessera/contracts';
import type { Queryable } from '../database.ts';
import { decimal, integer, parsed, text } from '../row.ts';

/** What decides whether a task may be tried again. */
export interface Attempts {
  readonly task: string;
  readonly stage: number;
  readonly index: number;
  readonly state: TaskState;
  /** The number of the last attempt that is over; events of it or of an earlier one are stale. */
  readonly over: number;
  /** The number that the allowed attempts are counted from. */
  readonly base: number;
  readonly returns: number;
  /** Seconds since an executor gave the task back for the first time; 0 if none did. */
  readonly returnedSeconds: number;
  /** How often in a row it was turned away. */
  readonly turnedAway: number;
}

/** Reads a task of the job whose row the caller holds, so that the answer stays true in the transaction. */
export async function getAttempts(transaction: Queryable, job: string, task: string): Promise<Attempts | undefined> {
  const rows = await transaction.query(
    `select id, stage, index, state, attempts, attempts_base, returns, turned_away,
      coalesce(extract(epoch from clock_timestamp() - returned_at), 0)::double precision as returned_seconds
    from tasks where id = $1 and job = $2`,
    [task, job],
  );
  return rows.map((row) => ({
    task: text(row, 'id'),
    stage: integer(row, 'stage'),
    index: integer(row, 'index'),
    state: parsed(taskStateSchema, row, 'state'),
    over: integer(row, 'attempts'),
    base: integer(row, 'attempts_base'),
    returns: integer(row, 'returns'),
    returnedSeconds: decimal(row, 'returned_seconds'),
    turnedAway: integer(row, 'turned_away'),
  }))[0];
}
