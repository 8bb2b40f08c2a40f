import { MESSAGE_VERSION, type Control, type JobState } from '@tessera/contracts';
import type { Broker } from '@tessera/queue';
import type { Logger, Metrics } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { logError, logRef } from '../log-ref.ts';
import { removeFolder } from './remove-folder.ts';

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
    if (state !== 'failed') this.#track(this.removeWork(job, state));
  }

  /**
   * Removes the intermediate objects of a job; gives their number.
   *
   * @param state of the job. One that ended without a result may have left files where its result would be.
   */
  async removeWork(job: string, state: JobState | undefined): Promise<number> {
    const { objects } = this.#parts;
    const work = await removeFolder(objects, `work/${job}/`);
    if (state !== 'cancelled' && state !== 'failed') return work;
    return work + (await removeFolder(objects, `results/${job}.`));
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
