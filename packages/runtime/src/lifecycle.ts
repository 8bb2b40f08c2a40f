import { AppError } from './app-error.ts';
import type { Logger } from './logger.ts';

/** Something with a name that is closed when the process ends. */
interface Part {
  readonly name: string;
  readonly close: () => Promise<void> | void;
  /** Milliseconds it may take, where it needs more than its share. */
  readonly milliseconds: number | undefined;
}

/** Closes parts in the reverse order of their start, once, each within its share of time. */
export class Lifecycle {
  readonly #parts: Part[] = [];
  readonly #logger: Logger;
  #closing: Promise<void> | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /**
   * Registers a part; it is closed before everything that was registered earlier.
   *
   * @param milliseconds that it may take, if not those of `close`.
   */
  add(name: string, close: Part['close'], milliseconds?: number): void {
    this.#parts.unshift({ name, close, milliseconds });
  }

  /** Starts the process's parts. What fails while the process is already told to stop is no failure of the start. */
  async starting(start: () => Promise<void>): Promise<void> {
    try {
      await start();
    } catch (error) {
      if (this.#closing === undefined) throw error;
      await this.#closing;
    }
  }

  /** Closes all parts; a part that fails or exceeds `partMilliseconds` is logged and left behind. */
  close(partMilliseconds = 28_000): Promise<void> {
    this.#closing ??= this.#closeAll(partMilliseconds);
    return this.#closing;
  }

  async #closeAll(partMilliseconds: number): Promise<void> {
    for (const part of this.#parts) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        const milliseconds = part.milliseconds ?? partMilliseconds;
        timer = setTimeout(() => reject(new AppError('SHUTTING_DOWN', { message: 'timed out' })), milliseconds);
      });
      try {
        await Promise.race([Promise.resolve(part.close()), late]);
      } catch (error) {
        this.#logger.error({ part: part.name, err: error }, 'part:close-failed');
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /** On SIGTERM or SIGINT closes everything and exits 0; a second signal exits at once with 130. */
  exitOnSignals(): void {
    let signalled = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (signalled) process.exit(130);
      signalled = true;
      this.#logger.info({ signal }, 'process:stopping');
      void this.close().then(() => process.exit(0));
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  }
}
