import { MESSAGE_VERSION, type Control, type JobState } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { logError, logRef } from '../log-ref.ts';

/** Keys deleted in one call. */
const BATCH = 500;

export interface CleanerParts {
  readonly broker: Broker;
  readonly objects: ObjectStore;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What is done when a job comes to its end: executors are told, and its intermediate objects go. */
export class JobCleaner {
  readonly #parts: CleanerParts;
  readonly #ended;
  readonly #pending = new Set<Promise<void>>();

  constructor(parts: CleanerParts) {
    this.#parts = parts;
    this.#ended = parts.metrics.counter('tessera_jobs_ended_total', 'Jobs by how they ended.', ['state']);
  }

  /** A failed job keeps its pieces for a while, so that it can be redriven. */
  ended(job: string, state: JobState): void {
    this.#ended.inc({ state });
    this.#parts.logger.info({ job: logRef(job), state }, 'job:ended');
    const type: Control['type'] = state === 'cancelled' ? 'cancel' : 'ended';
    this.#parts.broker.broadcast('control', { v: MESSAGE_VERSION, type, job } satisfies Control);
    if (state !== 'failed') this.#track(this.removeWork(job));
  }

  /** Removes the intermediate objects of a job; gives their number. */
  async removeWork(job: string): Promise<number> {
    let removed = 0;
    let keys: string[] = [];
    for await (const { key } of this.#parts.objects.list(`work/${job}/`)) {
      keys.push(key);
      if (keys.length < BATCH) continue;
      await this.#parts.objects.delete(keys);
      removed += keys.length;
      keys = [];
    }
    if (keys.length > 0) await this.#parts.objects.delete(keys);
    return removed + keys.length;
  }

  /** Waits for removals under way; those that fail are left to the sweeper. */
  async close(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #track(work: Promise<unknown>): void {
    const settled = work.then(
      () => undefined,
      (error: unknown) => this.#parts.logger.warn({ err: logError(error) }, 'job:work-left-behind'),
    );
    this.#pending.add(settled);
    void settled.then(() => this.#pending.delete(settled));
  }
}
