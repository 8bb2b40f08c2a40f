import type { Logger } from '@tessera/runtime';
import type { JobStore } from '@tessera/store';
import { Repeat } from './repeat.ts';

/** Milliseconds between two looks at what is due. */
const ROUND = 1000;
/** How long it is known what was redriven or discarded by whom. */
const KEEP_SECONDS = 90 * 24 * 60 * 60;
const PRUNE_MILLISECONDS = 6 * 60 * 60 * 1000;

export interface RedriverParts {
  readonly store: JobStore;
  readonly logger: Logger;
  readonly keepFailedSeconds: number;
  /** Jobs run again. */
  readonly onRedriven: () => void;
}

/**
 * Brings failed jobs back, as operators ordered it: one by one at the pace of their order, and notes how they end. All
 * that is to be known stands in the database and each step is one transaction, so it does not matter which of several
 * masters does it, nor when one dies.
 */
export class Redriver {
  readonly #parts: RedriverParts;
  readonly #repeats: readonly Repeat[];
  #closed = false;

  constructor(parts: RedriverParts) {
    this.#parts = parts;
    const { logger, store } = parts;
    this.#repeats = [
      new Repeat({ name: 'redrive', milliseconds: ROUND, logger, round: () => this.round() }),
      new Repeat({
        name: 'prune-redrives',
        milliseconds: PRUNE_MILLISECONDS,
        logger,
        round: async () => {
          await store.pruneRedrives(KEEP_SECONDS);
          await store.pruneDiscards(KEEP_SECONDS);
        },
      }),
    ];
  }

  start(): void {
    for (const repeat of this.#repeats) repeat.start();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#repeats.map((repeat) => repeat.close()));
  }

  /** Brings back all that is due. */
  async round(): Promise<void> {
    const { store, logger, keepFailedSeconds, onRedriven } = this.#parts;
    let jobs = 0;
    while (!this.#closed) {
      const { due, redriven } = await store.stepRedrives({ keepFailedSeconds });
      if (!due) break;
      if (!redriven) continue;
      jobs += 1;
      onRedriven();
    }
    if (jobs > 0) logger.info({ jobs }, 'redrive:jobs');
    const over = await store.settleRedrives();
    if (over > 0) logger.info({ redrives: over }, 'redrive:over');
  }
}
