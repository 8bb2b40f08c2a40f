import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskMessage } from '@tessera/contracts';
import { AppError, fullJitter, type Backoff, type Logger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { TaskWork, TaskYield } from '../task-work.ts';
import { sharedWorkArea } from '../work-area.ts';
import { checkMade } from './check-made.ts';
import { postTask, type Answer } from './post-task.ts';

/** Times that a task is sent, to one worker after the other, before this attempt at it has failed. */
const TRIES = 5;
const BACKOFF: Backoff = { firstMilliseconds: 500, maxMilliseconds: 20_000 };
/** Milliseconds for one try: as long as a worker works on a task at most. */
const DEADLINE = 600_000;

export interface PushWorkOptions {
  readonly objects: ObjectStore;
  readonly logger: Logger;
  /** Addresses of the workers, without `/tasks`. */
  readonly workers: readonly string[];
  readonly token: string;
  readonly backoff?: Backoff | undefined;
  readonly deadlineMilliseconds?: number | undefined;
  /** Uniform in [0, 1). Default: Math.random. */
  readonly random?: (() => number) | undefined;
}

/**
 * Has tasks done by workers that are asked over HTTP, which need neither broker nor a place among the executors: the one
 * that asks takes the tasks from the queue, looks at what was made, and tells the masters. After 5xx and time-outs the next
 * worker is asked; what a worker says will never succeed is not tried again.
 */
export class PushWork implements TaskWork {
  readonly bytes = 0;
  readonly #options: PushWorkOptions;
  #next = 0;

  constructor(options: PushWorkOptions) {
    this.#options = options;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async run(message: TaskMessage, signal: AbortSignal): Promise<TaskYield> {
    const { objects, logger, backoff = BACKOFF, random = Math.random } = this.#options;
    for (let tries = 1; ; tries += 1) {
      const worker = this.#worker();
      try {
        const answer = await this.#ask(worker, message, signal);
        if (answer === 'done') return await checkMade(sharedWorkArea(objects, message), message, signal);
        throw answer;
      } catch (error) {
        signal.throwIfAborted();
        const { code, retryable } = AppError.from(error);
        logger.warn({ worker, code, tries, job: message.job.slice(0, 6), index: message.index }, 'push:not-done');
        if (!retryable) throw error;
        if (tries === TRIES)
          throw code === 'RATE_LIMITED' ? new AppError('EXECUTOR_UNWILLING', { cause: error }) : error;
      }
      await sleep(fullJitter(backoff, tries - 1, random), undefined, { signal });
    }
  }

  /** One after the other, from task to task and from try to try. */
  #worker(): string {
    const { workers } = this.#options;
    const worker = workers[this.#next % workers.length];
    this.#next += 1;
    if (worker === undefined) throw new AppError('INVALID_CONFIG', { message: 'There are no workers.' });
    return worker;
  }

  #ask(worker: string, message: TaskMessage, signal: AbortSignal): Promise<Answer> {
    const { token, deadlineMilliseconds = DEADLINE } = this.#options;
    const late = AbortSignal.timeout(deadlineMilliseconds);
    return postTask({ worker, token, message }, AbortSignal.any([signal, late]));
  }
}
