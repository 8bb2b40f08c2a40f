import type { Logger } from '@tessera/runtime';
import type { JobRow, JobStore } from '@tessera/store';
import type { MasterDeps } from '../deps.ts';
import { sweepUploads } from '../upload/resumable/sweep-uploads.ts';
import type { JobCleaner } from './job-cleaner.ts';
import { Repeat } from './repeat.ts';
import type { Retention } from './retention.ts';
import { removeStaleScratch } from './stale-scratch.ts';

/** Between two looks through all stored objects. */
const RECONCILE_MILLISECONDS = 6 * 60 * 60 * 1000;

export interface SweeperParts {
  readonly store: JobStore;
  readonly objects: MasterDeps['objects'];
  readonly cleaner: JobCleaner;
  readonly retention: Retention;
  readonly logger: Logger;
  readonly now: () => number;
  readonly scratchFolder: string;
  readonly everyMilliseconds: number;
  readonly keepChangesSeconds: number;
  readonly keepFailedMilliseconds: number;
  readonly unfinishedUploadSeconds: number;
  readonly keepPartialUploadsSeconds: number;
}

/** Tidies up: what is no longer kept, and what processes that died left behind. */
export class Sweeper {
  readonly #parts: SweeperParts;
  readonly #repeats: readonly Repeat[];

  constructor(parts: SweeperParts) {
    this.#parts = parts;
    const { logger } = parts;
    this.#repeats = [
      new Repeat({ name: 'sweep', milliseconds: parts.everyMilliseconds, logger, round: () => this.sweep() }),
      new Repeat({
        name: 'reconcile',
        milliseconds: RECONCILE_MILLISECONDS,
        logger,
        round: () => parts.retention.reconcile(),
      }),
    ];
  }

  start(): void {
    for (const repeat of this.#repeats) repeat.start();
  }

  async close(): Promise<void> {
    await Promise.all(this.#repeats.map((repeat) => repeat.close()));
  }

  /** One round: what expired, old changes, pieces of ended jobs, scratch files and parts of uploads of dead processes. */
  async sweep(): Promise<void> {
    const { store, objects, logger, keepChangesSeconds, scratchFolder, unfinishedUploadSeconds } = this.#parts;
    await removeStaleScratch(scratchFolder);
    await this.#parts.retention.expire();
    const changes = await store.pruneChanges(keepChangesSeconds);
    const pieces = await this.#sweepWork();
    const multiparts = (await objects.sweepMultiparts?.(unfinishedUploadSeconds)) ?? 0;
    const uploads = await sweepUploads({ store, objects, keepSeconds: this.#parts.keepPartialUploadsSeconds });
    if (changes + pieces + multiparts + uploads > 0) {
      logger.info({ changes, pieces, multiparts, uploads }, 'sweep:done');
    }
  }

  async #sweepWork(): Promise<number> {
    const { objects, store, cleaner } = this.#parts;
    let removed = 0;
    let job = '';
    // Keys come in order, so all of one job stand together.
    for await (const { key } of objects.list('work/')) {
      const owner = key.split('/')[1] ?? '';
      if (owner === job) continue;
      job = owner;
      const row = await store.getJob(job);
      if (this.#isOver(row)) removed += await cleaner.removeWork(job, row?.state);
    }
    return removed;
  }

  /** Tells whether nobody will read the pieces of a job any more. */
  #isOver(job: JobRow | undefined): boolean {
    if (job === undefined || job.state === 'done' || job.state === 'cancelled') return true;
    if (job.state !== 'failed') return false;
    return this.#parts.now() - (job.finishedAt ?? job.createdAt).getTime() > this.#parts.keepFailedMilliseconds;
  }
}
