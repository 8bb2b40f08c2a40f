import type { JobDto } from '@tessera/contracts';
import { shareOfWhole } from './share-of-whole.ts';

const KEY = 'tessera-early-starts';
/** Jobs that are remembered, the newest. */
const MOST = 2000;

/**
 * Remembers the jobs whose start was asked for while their files were still being sent: their bar began with the upload,
 * and goes on from there, also after a reload.
 */
export class EarlyStarts {
  readonly #storage: Storage | undefined;
  #jobs: ReadonlySet<string>;

  /** @param storage undefined where the browser allows none; a reload then shows the processing alone. */
  constructor(storage: Storage | undefined) {
    this.#storage = storage;
    this.#jobs = new Set((storage?.getItem(KEY) ?? '').split('\n').filter(Boolean));
  }

  note(jobs: readonly Pick<JobDto, 'id'>[]): void {
    this.#jobs = new Set([...this.#jobs, ...jobs.map(({ id }) => id)].slice(-MOST));
    try {
      this.#storage?.setItem(KEY, [...this.#jobs].join('\n'));
    } catch {
      // Without room it is known as long as the page.
    }
  }

  /** How far a job is for whoever started it, 0–1. */
  readonly shareOf = ({ id, progress }: Pick<JobDto, 'id' | 'progress'>): number =>
    this.#jobs.has(id) ? shareOfWhole(1, progress.share) : progress.share;
}
