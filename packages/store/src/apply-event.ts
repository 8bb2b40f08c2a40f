import type { TaskEvent } from '@tessera/contracts';
import { applyFailure } from './apply-failure.ts';
import type { Database } from './database.ts';
import type { AttemptPolicy, EventOutcome } from './job-store.ts';
import { finishTask } from './sql/finish-task.ts';
import { startTask } from './sql/start-task.ts';

/** Applies what an executor tells of a task; see JobStore.applyEvent. */
export async function applyEvent(database: Database, event: TaskEvent, policy: AttemptPolicy): Promise<EventOutcome> {
  const fail = (failure: Parameters<typeof applyFailure>[2]): Promise<EventOutcome> =>
    database.transaction((transaction) => applyFailure(transaction, event, failure, policy));
  const { attempt } = event;
  switch (event.type) {
    case 'started': {
      const nth = await startTask(database, event);
      if (nth === undefined) return { applied: false, ended: null };
      if (nth <= policy.maxAttempts) return { applied: true, ended: null };
      const message = `The work was begun ${String(policy.maxAttempts)} times and its executor stopped each time.`;
      return fail({ type: 'failed', attempt, code: 'ATTEMPTS_EXHAUSTED', message, retryable: false });
    }
    case 'done': {
      const state = await finishTask(database, { ...event, result: event.result, settled: event.settled === true });
      if (state !== undefined) return { applied: true, ended: state === 'done' ? { job: event.job, state } : null };
      if (event.result !== undefined) return { applied: false, ended: null };
      // Either there is nothing to finish, which is found out again, or the last task came without what it is for.
      const message = 'The last task of the job did not tell its result.';
      return fail({ type: 'failed', attempt, code: 'INTERNAL', message, retryable: true });
    }
    case 'failed':
      return fail({ type: 'failed', attempt, code: event.code, message: event.message, retryable: event.retryable });
    case 'returned': {
      const { code, delayMilliseconds } = event;
      const message = 'The task was given back again and again: what it needs did not become available.';
      return fail({ type: 'returned', attempt, code, message, delayMilliseconds });
    }
  }
}
