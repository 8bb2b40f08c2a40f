/** A number of tasks that may run at one time; others wait in the order in which they came. */
export class Slots {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves when a slot is the caller's, who gives it back. @throws the signal's reason if that comes first. */
  async take(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const begin = (): void => turn.resolve();
    const giveUp = (): void => {
      const place = this.#waiting.indexOf(begin);
      if (place < 0) return;
      this.#waiting.splice(place, 1);
      turn.reject(signal.reason as Error);
    };
    this.#waiting.push(begin);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      await turn.promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}
