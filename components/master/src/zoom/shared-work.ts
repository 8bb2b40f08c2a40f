import { AppError } from '@tessera/runtime';

interface Undertaking<Value> {
  readonly done: Promise<Value>;
  readonly stop: AbortController;
  waiting: number;
}

/** Does the same work once for all who ask for it at one time, and gives it up when all of them are gone. */
export class SharedWork<Value> {
  readonly #under = new Map<string, Undertaking<Value>>();

  /** @throws AppError CANCELLED for a caller who is gone, and what the work throws. */
  async run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const undertaking = this.#under.get(key) ?? this.#begin(key, work);
    undertaking.waiting += 1;
    const { promise: gone, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(new AppError('CANCELLED'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([undertaking.done, gone]);
    } finally {
      signal.removeEventListener('abort', leave);
      undertaking.waiting -= 1;
      if (undertaking.waiting === 0) this.#end(key, undertaking);
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<Value>): Undertaking<Value> {
    const stop = new AbortController();
    const undertaking = { done: work(stop.signal), stop, waiting: 0 };
    undertaking.done.catch(() => undefined);
    this.#under.set(key, undertaking);
    return undertaking;
  }

  #end(key: string, undertaking: Undertaking<Value>): void {
    undertaking.stop.abort();
    if (this.#under.get(key) === undertaking) this.#under.delete(key);
  }
}
