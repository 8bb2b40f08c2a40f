import type { ErrorCode, TaskEvent } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/** Errors of the surroundings: the task is as good as before, so no attempt is used up. */
const SURROUNDINGS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'STORE_UNAVAILABLE',
  'BROKER_UNAVAILABLE',
  'SCRATCH_FULL',
  'SHUTTING_DOWN',
]);

/** Milliseconds before a returned task is offered again. */
const RETURN_DELAY = 2000;

type Report = Pick<TaskEvent, 'v' | 'task' | 'job' | 'stage' | 'index' | 'executor' | 'attempt'>;

/** The event that tells the masters of a failed task: the one place where an error becomes a way to go on. */
export function eventOfError(report: Report, error: unknown): TaskEvent {
  const { code, message, retryable } = AppError.from(error);
  if (SURROUNDINGS.has(code)) {
    return { ...report, type: 'returned', code, delayMilliseconds: code === 'SHUTTING_DOWN' ? 0 : RETURN_DELAY };
  }
  return { ...report, type: 'failed', code, message, retryable };
}
