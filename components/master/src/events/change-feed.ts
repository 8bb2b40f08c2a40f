import type { Logger } from '@tessera/runtime';
import type { ChangeRow, JobStore } from '@tessera/store';
import { logError } from '../log-ref.ts';
import { Pulse } from '../background/pulse.ts';

/** Milliseconds between two looks for changes that another master made. */
const POLL = 500;
/** Milliseconds between two looks at least, so that a burst of changes becomes one message. */
const SHORTEST = 25;
/** Changes of one look. */
const PAGE = 1000;

export interface Watchers {
  /** Whether anybody listens; without, nothing is read. */
  readonly any: () => boolean;
  readonly tell: (changes: readonly ChangeRow[]) => Promise<void>;
}

/** Reads the changes of all jobs once for everybody in this process who watches, and only while somebody does. */
export class ChangeFeed {
  readonly #store: JobStore;
  readonly #logger: Logger;
  readonly #watchers: Watchers;
  readonly #pulse = new Pulse();
  #cursor = 0;
  #starting: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(store: JobStore, logger: Logger, watchers: Watchers) {
    this.#store = store;
    this.#logger = logger;
    this.#watchers = watchers;
  }

  /** For whoever has begun to listen: all changes after the `seq` that this gives will be told. */
  async start(): Promise<number> {
    this.#starting ??= this.#begin();
    await this.#starting;
    return this.#cursor;
  }

  /** Something has changed in this process, or the last listener has left. */
  wake(): void {
    this.#pulse.wake();
  }

  /** Resolves when nothing is read any more; nobody listens by then. */
  async close(): Promise<void> {
    this.#pulse.wake();
    await this.#running;
  }

  async #begin(): Promise<void> {
    try {
      this.#cursor = await this.#store.lastChange();
      this.#running = this.#run();
    } catch (error) {
      this.#starting = undefined;
      throw error;
    }
  }

  async #run(): Promise<void> {
    while (this.#watchers.any()) {
      if (await this.#round()) continue;
      await new Promise((resolve) => setTimeout(resolve, SHORTEST));
      await this.#pulse.sleep(POLL);
    }
    this.#starting = undefined;
  }

  /** Gives true if there is more to read at once. */
  async #round(): Promise<boolean> {
    const before = this.#cursor;
    try {
      const changes = await this.#store.listChanges({ after: before, limit: PAGE });
      // Moved on before all are told: who begins to listen meanwhile looks up what is being told.
      this.#cursor = changes.at(-1)?.seq ?? before;
      if (changes.length > 0) await this.#watchers.tell(changes);
      return changes.length === PAGE;
    } catch (error) {
      this.#cursor = before;
      this.#logger.warn({ err: logError(error) }, 'changes:failed');
      return false;
    }
  }
}
