import type { Logger } from '@tessera/runtime';
import { logError } from '../log-ref.ts';
import { Pulse } from './pulse.ts';

/** Does one thing again and again until closed; a failure is logged and the next round comes as usual. */
export class Repeat {
  readonly #pulse = new Pulse();
  readonly #logger: Logger;
  readonly #name: string;
  readonly #milliseconds: number;
  readonly #round: () => Promise<unknown>;
  #closed = false;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;

  /** @param options.milliseconds between the end of a round and the next. */
  constructor(options: { name: string; milliseconds: number; logger: Logger; round: () => Promise<unknown> }) {
    this.#name = options.name;
    this.#milliseconds = options.milliseconds;
    this.#logger = options.logger;
    this.#round = options.round;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Begins the next round now, or right after the one under way. */
  wake(): void {
    this.#pulse.wake();
  }

  /** Resolves when the round under way is over; its sleep ends at once. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#pulse.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      await this.#once();
      await this.#pulse.sleep(this.#milliseconds);
    }
  }

  async #once(): Promise<void> {
    try {
      await this.#round();
      if (this.#failures > 0) this.#logger.info({ failures: this.#failures }, `${this.#name}:recovered`);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      // An outage is told once, not every second.
      if (this.#failures === 1) this.#logger.warn({ err: logError(error) }, `${this.#name}:failed`);
    }
  }
}
