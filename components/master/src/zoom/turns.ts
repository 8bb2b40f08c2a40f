import { AppError } from '@tessera/runtime';

/** Lets a number of things be done at one time; the others wait in the order they came. */
export class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Runs when it is its turn; one that is aborted before never runs.
   *
   * @throws AppError CANCELLED
   */
  async run<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #enter(signal: AbortSignal | undefined): Promise<void> {
    while (this.#busy >= this.#most && signal?.aborted !== true) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const wake = (): void => resolve(undefined);
      const leave = (): void => {
        const place = this.#waiting.indexOf(wake);
        if (place >= 0) this.#waiting.splice(place, 1);
        wake();
      };
      this.#waiting.push(wake);
      signal?.addEventListener('abort', leave, { once: true });
      await promise;
      signal?.removeEventListener('abort', leave);
    }
    if (signal?.aborted === true) {
      // It may have been woken for a turn that it does not take.
      if (this.#busy < this.#most) this.#waiting.shift()?.();
      throw new AppError('CANCELLED');
    }
    this.#busy += 1;
  }
}
