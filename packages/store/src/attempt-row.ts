import { attemptOutcomeSchema, errorCodeSchema } from '@tessera/contracts';
import type { Row } from './database.ts';
import type { AttemptRow } from './job-store.ts';
import { date, integer, nullable, parsed, text } from './row.ts';

/** Columns of `attempts`, in the order in which rows are inserted. */
export const ATTEMPT_COLUMNS = 'job, stage, index, attempt, executor, began_at, ended_at, outcome, code';

export function parseAttempt(row: Row): AttemptRow {
  return {
    stage: integer(row, 'stage'),
    index: integer(row, 'index'),
    attempt: integer(row, 'attempt'),
    executor: nullable(text, row, 'executor'),
    beganAt: date(row, 'began_at'),
    endedAt: nullable(date, row, 'ended_at'),
    outcome: parsed(attemptOutcomeSchema.nullable(), row, 'outcome'),
    code: parsed(errorCodeSchema.nullable(), row, 'code'),
  };
}
