import type { Presence, TaskMessage } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/** A task that was taken. */
export interface TakenTask {
  readonly message: TaskMessage;
  readonly attempt: number;
  /** Added before it is done, to make this executor a slow one. */
  readonly delayMilliseconds: number;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  /** It has a slot; until then it waits for one. */
  begun: boolean;
}

/** The tasks that an executor has. */
export class TakenTasks {
  readonly #all = new Set<TakenTask>();

  get begun(): number {
    return [...this.#all].filter(({ begun }) => begun).length;
  }

  add(task: TakenTask): void {
    this.#all.add(task);
  }

  delete(task: TakenTask): void {
    this.#all.delete(task);
  }

  /** As heartbeats tell of them. */
  list(): Presence['tasks'] {
    return [...this.#all].map(({ message: { task, job, stage, index }, attempt }) => ({
      task,
      job,
      stage,
      index,
      attempt,
    }));
  }

  cancel(job: string): void {
    for (const { message, abort } of this.#all) if (message.job === job) abort.abort(new AppError('CANCELLED'));
  }

  /** Ends those that wait for a slot now, and those that are begun when their time is over. Resolves when all ended. */
  async drain(milliseconds: number): Promise<void> {
    const all = Promise.all([...this.#all].map((task) => task.ended));
    for (const { abort, begun } of this.#all) if (!begun) abort.abort(new AppError('SHUTTING_DOWN'));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
    await Promise.race([all, late]);
    clearTimeout(timer);
    for (const { abort } of this.#all) abort.abort(new AppError('SHUTTING_DOWN'));
    await all;
  }
}
