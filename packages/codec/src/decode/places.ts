import { AppError } from '@tessera/runtime/app-error';

/** `quick`: an answer in milliseconds that somebody waits for; `heavy`: may take as long as its picture is large. */
export type Weight = 'quick' | 'heavy';

/**
 * Places for requests at work. Heavy ones never take the last: one place more than there are is kept for quick ones, so
 * that nobody who asks for a picture's size waits for another's pyramid. Who waits is served in the order of coming.
 */
export class Places {
  readonly #count: number;
  readonly #waiting: (() => void)[] = [];
  readonly #busy: Record<Weight, number> = { quick: 0, heavy: 0 };
  #closed = false;

  /** @param count places for requests of any weight. */
  constructor(count: number) {
    this.#count = count;
  }

  /**
   * Waits for a place and takes it.
   *
   * @throws AppError SHUTTING_DOWN after `close`, CANCELLED by the signal.
   */
  async enter(weight: Weight, signal: AbortSignal | undefined): Promise<void> {
    while (!this.#hasRoom(weight) && !this.#closed && signal?.aborted !== true) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const wake = (): void => resolve(undefined);
      this.#waiting.push(wake);
      signal?.addEventListener('abort', wake);
      await promise;
      signal?.removeEventListener('abort', wake);
    }
    if (this.#closed) throw new AppError('SHUTTING_DOWN');
    if (signal?.aborted === true) throw new AppError('CANCELLED', { cause: signal.reason });
    this.#busy[weight] += 1;
  }

  /** Frees a place. All look whether it is their turn: one that was cancelled must not use up the call. */
  leave(weight: Weight): void {
    this.#busy[weight] -= 1;
    this.#wakeAll();
  }

  /** Whoever waits or comes is turned away. */
  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  #hasRoom(weight: Weight): boolean {
    const { quick, heavy } = this.#busy;
    return quick + heavy < this.#count || (weight === 'quick' && quick === 0);
  }

  #wakeAll(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
