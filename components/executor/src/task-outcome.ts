import type { ErrorCode, TaskEvent, TaskMessage } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/** Errors of the surroundings: the task is as good as before, so no attempt is used up. */
const SURROUNDINGS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'STORE_UNAVAILABLE',
  'BROKER_UNAVAILABLE',
  'SCRATCH_FULL',
  'SHUTTING_DOWN',
  'EXECUTOR_UNWILLING',
]);

/** Milliseconds before a returned task is offered again, where another executor would not do better. */
const RETURN_DELAY = 2000;
/** Before one that was turned away is; masters let it wait longer the more often that happens. */
const UNWILLING_DELAY = 200;
const DELAYS: Partial<Record<ErrorCode, number>> = { SHUTTING_DOWN: 0, EXECUTOR_UNWILLING: UNWILLING_DELAY };

/** What every event says of its task. */
export type TaskReport = Pick<TaskEvent, 'v' | 'task' | 'job' | 'stage' | 'index' | 'executor' | 'attempt'>;

/** What an executor says of an attempt at a task. */
export function reportOf(message: TaskMessage, executor: string, attempt: number): TaskReport {
  const { v, task, job, stage, index } = message;
  return { v, task, job, stage, index, executor, attempt };
}

/** The event that tells the masters of a failed task: the one place where an error becomes a way to go on. */
export function eventOfError(report: TaskReport, error: unknown): TaskEvent {
  const { code, message, retryable } = AppError.from(error);
  if (SURROUNDINGS.has(code)) {
    return { ...report, type: 'returned', code, delayMilliseconds: DELAYS[code] ?? RETURN_DELAY };
  }
  return { ...report, type: 'failed', code, message, retryable };
}
