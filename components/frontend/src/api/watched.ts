/** Names that one stream carries at most. */
const MOST_JOBS = 60;
const MOST_BATCHES = 10;

/** Jobs and batches that a stream names besides the visitor's own jobs. */
export interface Names {
  readonly jobs: readonly string[];
  readonly batches: readonly string[];
}

/** What was opened by link: jobs and batches that may be another visitor's, which the tab's one stream has to name. */
export class Watched {
  #names: Names = { jobs: [], batches: [] };
  readonly #listeners = new Set<() => void>();

  /** They stay named: whoever comes back to a page finds it up to date, and the stream is not opened anew. */
  readonly watchJob = (job: string): void => {
    if (this.#names.jobs.includes(job)) return;
    this.#set({ ...this.#names, jobs: [...this.#names.jobs, job].slice(-MOST_JOBS) });
  };

  readonly watchBatch = (batch: string): void => {
    if (this.#names.batches.includes(batch)) return;
    this.#set({ ...this.#names, batches: [...this.#names.batches, batch].slice(-MOST_BATCHES) });
  };

  readonly names = (): Names => this.#names;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(names: Names): void {
    this.#names = names;
    for (const listener of this.#listeners) listener();
  }
}
