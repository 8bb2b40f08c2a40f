import { AppError } from '@tessera/runtime';

/** Milliseconds that work may go on whose answer nobody waits for: ending a thread costs more than that. */
const GRACE = 500;
/** Callers who may wait at one time, all together. */
const MOST_WAITING = 64;

interface Caller {
  /** What is under way for this caller. */
  readonly stop: AbortController;
  /** Ends the one that waits in favour of a newer one. */
  dismiss: (() => void) | undefined;
  done: Promise<unknown>;
}

/** Lets each caller have one thing under way and one that waits: the newest. So nothing piles up behind a slider. */
export class NewestFirst {
  readonly #callers = new Map<string, Caller>();
  #waiting = 0;

  /**
   * Runs the work as soon as what this caller asked for before is through.
   *
   * @throws AppError CONFLICT when the caller asked for something newer meanwhile, RATE_LIMITED when too many wait,
   *   CANCELLED when the caller is gone, and what the work throws.
   */
  async run<Value>(name: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    for (let before = this.#callers.get(name); before; before = this.#callers.get(name)) {
      await this.#wait(before, signal);
    }
    if (signal.aborted) throw new AppError('CANCELLED');
    const stop = new AbortController();
    const gone = (): void => void setTimeout(() => stop.abort(), GRACE).unref();
    signal.addEventListener('abort', gone, { once: true });
    const done = work(stop.signal);
    const caller: Caller = { stop, dismiss: undefined, done };
    this.#callers.set(name, caller);
    try {
      return await done;
    } finally {
      signal.removeEventListener('abort', gone);
      if (this.#callers.get(name) === caller) this.#callers.delete(name);
    }
  }

  async #wait(before: Caller, signal: AbortSignal): Promise<void> {
    before.dismiss?.();
    if (this.#waiting >= MOST_WAITING) throw new AppError('RATE_LIMITED');
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const dismiss = (): void => reject(new AppError('CONFLICT', { message: 'A newer preview was asked for.' }));
    const gone = (): void => reject(new AppError('CANCELLED'));
    const grace = setTimeout(() => before.stop.abort(), GRACE);
    before.dismiss = dismiss;
    before.done.then(
      () => resolve(undefined),
      () => resolve(undefined),
    );
    signal.addEventListener('abort', gone, { once: true });
    this.#waiting += 1;
    try {
      await promise;
    } finally {
      this.#waiting -= 1;
      clearTimeout(grace);
      signal.removeEventListener('abort', gone);
      if (before.dismiss === dismiss) before.dismiss = undefined;
    }
  }
}
