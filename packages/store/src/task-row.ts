import { errorCodeSchema, taskStateSchema } from '@tessera/contracts';
import type { Row } from './database.ts';
import type { TaskRow } from './job-store.ts';
import { decimal, integer, nullable, parsed, text } from './row.ts';

/** Attempts of the task `t` that were begun and count: those given back do not, nor those before a redrive. */
const ATTEMPTS = 'greatest(t.attempts, t.attempt) - t.attempts_base';

/** Columns of a task, for a table under the alias `t`. */
export const TASK_COLUMNS = `
  t.id, t.job, t.stage, t.index, t.state, t.executor, ${ATTEMPTS} as attempts, t.milliseconds, t.error`;

/** The same as one JSON object, kept with a change. */
export const TASK_JSON = `
  jsonb_build_object('id', t.id, 'job', t.job, 'stage', t.stage, 'index', t.index, 'state', t.state,
    'executor', t.executor, 'attempts', ${ATTEMPTS}, 'milliseconds', t.milliseconds, 'error', t.error)`;

const taskErrorSchema = {
  parse(value: unknown): TaskRow['error'] {
    if (value === null) return null;
    const row = Object(value) as Row;
    return { code: errorCodeSchema.parse(row.code), message: text(row, 'message') };
  },
};

export function parseTask(row: Row): TaskRow {
  return {
    id: text(row, 'id'),
    job: text(row, 'job'),
    stage: integer(row, 'stage'),
    index: integer(row, 'index'),
    state: parsed(taskStateSchema, row, 'state'),
    executor: nullable(text, row, 'executor'),
    attempts: integer(row, 'attempts'),
    milliseconds: nullable(decimal, row, 'milliseconds'),
    error: parsed(taskErrorSchema, row, 'error'),
  };
}
