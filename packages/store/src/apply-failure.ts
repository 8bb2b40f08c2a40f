import type { ErrorCode, JobError } from '@tessera/contracts';
import type { Transaction } from './database.ts';
import type { AttemptPolicy, EventOutcome } from './job-store.ts';
import { publicText } from './public-text.ts';
import { endJob } from './sql/end-job.ts';
import { failTask } from './sql/fail-task.ts';
import { getAttempts, type Attempts } from './sql/get-attempts.ts';
import { lockJob, type LockedJob } from './sql/lock-job.ts';
import { lockOpenTasks } from './sql/lock-open-tasks.ts';
import { retryTask } from './sql/retry-task.ts';
import { turnAwayTask } from './sql/turn-away-task.ts';
import { taskRegion } from './task-region.ts';

/** Given back this often and for this long, a task counts as failed: what it waits for does not come. */
const MAX_RETURNS = 20;
const MAX_RETURNED_SECONDS = 3600;

const NOTHING: EventOutcome = { applied: false, ended: null };

export type Failure =
  | {
      readonly type: 'failed';
      readonly attempt: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly retryable: boolean;
    }
  | {
      readonly type: 'returned';
      readonly attempt: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly delayMilliseconds: number;
    };

/** The open task of an open job, with its job's row held; undefined if there is none. */
async function lockOpenTask(
  transaction: Transaction,
  job: string,
  task: string,
): Promise<{ job: LockedJob; attempts: Attempts } | undefined> {
  const locked = await lockJob(transaction, job);
  if (locked === undefined || (locked.state !== 'queued' && locked.state !== 'running')) return undefined;
  const attempts = await getAttempts(transaction, job, task);
  if (attempts === undefined || ['done', 'failed', 'cancelled'].includes(attempts.state)) return undefined;
  return { job: locked, attempts };
}

async function failJob(
  transaction: Transaction,
  { job, attempts }: { job: LockedJob; attempts: Attempts },
  failure: {
    readonly attempt: number;
    readonly code: ErrorCode;
    readonly message: string;
    readonly executor: string | null;
  },
): Promise<EventOutcome> {
  const { code, attempt, executor } = failure;
  const message = publicText(failure.message);
  const region = taskRegion(job.plan, attempts.stage, attempts.index);
  const error: JobError = {
    code,
    message,
    attempts: Math.max(attempt, attempts.over) - attempts.base,
    ...(region === undefined ? {} : { region }),
  };
  await lockOpenTasks(transaction, job.id);
  await failTask(transaction, { task: attempts.task, attempt, executor, error: { code, message } });
  await endJob(transaction, job.id, { state: 'failed', error });
  return { applied: true, ended: { job: job.id, state: 'failed' } };
}

/**
 * Applies the failure or the return of an attempt. An attempt that is over already is over: such an event is a
 * duplicate, or late, and does nothing. A return does not count as an attempt, so its number is skipped.
 */
export async function applyFailure(
  transaction: Transaction,
  event: { readonly job: string; readonly task: string; readonly executor: string },
  failure: Failure,
  policy: AttemptPolicy,
): Promise<EventOutcome> {
  const open = await lockOpenTask(transaction, event.job, event.task);
  if (open === undefined || failure.attempt <= open.attempts.over) return NOTHING;
  const { base, returns, returnedSeconds } = open.attempts;
  const { attempt, code } = failure;
  const { executor } = event;
  if (failure.type === 'returned' && code === 'EXECUTOR_UNWILLING') {
    // Without end: as long as executors live that could do it, the task is as good as any other that waits its turn.
    const least = policy.turnedAwayMilliseconds?.(open.attempts.turnedAway + 1) ?? 0;
    const delayMilliseconds = Math.max(failure.delayMilliseconds, least);
    const applied = await turnAwayTask(transaction, { task: event.task, executor, attempt, delayMilliseconds });
    return { applied, ended: null };
  }
  if (failure.type === 'returned') {
    if (returns + 1 >= MAX_RETURNS && returnedSeconds >= MAX_RETURNED_SECONDS) {
      return failJob(transaction, open, { ...failure, executor });
    }
    const { delayMilliseconds } = failure;
    await retryTask(transaction, { task: event.task, executor, attempt, delayMilliseconds, code, error: null });
    return { applied: true, ended: null };
  }
  const used = attempt - base;
  if (!failure.retryable || used >= policy.maxAttempts) return failJob(transaction, open, { ...failure, executor });
  const error = { code, message: publicText(failure.message) };
  await retryTask(transaction, {
    task: event.task,
    executor,
    attempt,
    code,
    delayMilliseconds: policy.backoffMilliseconds(used),
    error,
  });
  return { applied: true, ended: null };
}

/**
 * Fails a task that the broker gave up. `attempt` is the number of its last attempt; one of before a redrive is late
 * and does nothing.
 */
export async function applyDead(
  transaction: Transaction,
  event: { readonly job: string; readonly task: string; readonly attempt: number },
  message: string,
): Promise<EventOutcome> {
  const open = await lockOpenTask(transaction, event.job, event.task);
  if (open === undefined || event.attempt < open.attempts.base) return NOTHING;
  return failJob(transaction, open, {
    attempt: event.attempt,
    code: 'ATTEMPTS_EXHAUSTED',
    message,
    executor: null,
  });
}
