import { isFolder } from '@tessera/contracts';
import type { Logger } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { Expiry, JobStore } from '@tessera/store';
import { removeFolder } from './remove-folder.ts';

/** Rows that expire in one transaction: it has to end in seconds, and a job may have thousands of tasks. */
const EXPIRY_BATCH = 50;
/** Objects deleted, or looked for in the database, in one call. */
const OBJECT_BATCH = 500;

export interface RetentionParts {
  readonly store: JobStore;
  readonly objects: ObjectStore;
  readonly logger: Logger;
  /** How long jobs are kept after their end, images and saved pipelines after their last use; 0: for ever. */
  readonly keepResultsSeconds: number;
  readonly keepUploadsSeconds: number;
  readonly keepPipelinesSeconds: number;
  /** How long objects stay after their rows are gone. */
  readonly settleSeconds: number;
  /** How long objects may be without a row: longer than any upload takes. */
  readonly orphanSeconds: number;
}

/**
 * Forgets jobs, images and saved pipelines whose time is over. First the rows go, in one transaction with the list of objects that
 * nothing refers to any more: from then on the site does not know them. Then the objects are deleted, then they are
 * taken off the list. Whoever is killed in between leaves the list to the next round or to another master.
 */
export class Retention {
  readonly #parts: RetentionParts;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** One round. */
  async expire(): Promise<void> {
    const { store, logger, keepResultsSeconds, keepUploadsSeconds, keepPipelinesSeconds } = this.#parts;
    const jobs = await this.#expireAll((expiry) => store.expireJobs(expiry), keepResultsSeconds);
    const images = await this.#expireAll((expiry) => store.expireImages(expiry), keepUploadsSeconds);
    // After the jobs: a pipeline stays as long as its visitor has any.
    const pipelines = await this.#expireAll((expiry) => store.expirePipelines(expiry), keepPipelinesSeconds);
    const objects = await this.#remove();
    const all = jobs + images + pipelines + objects;
    if (all > 0) logger.info({ jobs, images, pipelines, objects }, 'retention:removed');
  }

  async #expireAll(expire: (expiry: Expiry) => Promise<number>, olderThanSeconds: number): Promise<number> {
    if (olderThanSeconds === 0) return 0;
    const { settleSeconds } = this.#parts;
    let sum = 0;
    for (;;) {
      const count = await expire({ olderThanSeconds, settleSeconds, limit: EXPIRY_BATCH });
      sum += count;
      if (count < EXPIRY_BATCH) return sum;
    }
  }

  async #remove(): Promise<number> {
    const { store, objects } = this.#parts;
    let sum = 0;
    for (;;) {
      const keys = await store.listRemovals(OBJECT_BATCH);
      for (const key of keys) if (isFolder(key)) await removeFolder(objects, key);
      await objects.delete(keys.filter((key) => !isFolder(key)));
      await store.forgetRemovals(keys);
      sum += keys.length;
      if (keys.length < OBJECT_BATCH) return sum;
    }
  }

  /**
   * Looks for uploads and results that no row refers to: of requests whose process died, of tasks that ran on after
   * their job had ended. They are listed and deleted when they are still unknown after a while.
   */
  async reconcile(): Promise<void> {
    const { objects, store, logger, orphanSeconds } = this.#parts;
    let orphans = 0;
    let batch: { key: string; owner: string }[] = [];
    const look = async (): Promise<void> => {
      orphans += await store.noteOrphans(batch, orphanSeconds);
      batch = [];
    };
    for (const prefix of ['uploads/', 'results/']) {
      for await (const { key } of objects.list(prefix)) {
        const known = folderOf(key) ?? key;
        // Files of one folder come one after another.
        if (batch.at(-1)?.key === known) continue;
        batch.push({ key: known, owner: ownerOf(key) });
        if (batch.length === OBJECT_BATCH) await look();
      }
    }
    await look();
    if (orphans > 0) logger.info({ orphans }, 'retention:orphans-found');
  }
}

/** The folder of a result of several files, which stands for all of them. */
function folderOf(key: string): string | undefined {
  return /^results\/[^/]+\.files\//.exec(key)?.[0];
}

/** `uploads/<image>` and `results/<job>.<extension>`, which may be a folder. */
function ownerOf(key: string): string {
  return key.split('/')[1]?.split('.')[0] ?? '';
}
