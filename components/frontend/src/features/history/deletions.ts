import type { JobDto } from '@tessera/contracts';

/** Milliseconds in which a deletion may be taken back. */
export const UNDO_MILLISECONDS = 10_000;

export interface Deletion {
  readonly id: number;
  readonly jobs: readonly JobDto[];
  /** Address of the page where it was asked for, to go back to; undefined: the visitor stayed there. */
  readonly from: string | undefined;
  /** `failed`: the server could not be told; the jobs are shown again. */
  readonly state: 'waiting' | 'sending' | 'failed';
}

export interface DeletionParts {
  /** Deletes for good; gives the jobs that are gone. `leaving`: the page is about to go. */
  readonly deleteJobs: (jobs: readonly string[], leaving: boolean) => Promise<unknown>;
  /** The jobs are gone from the server. */
  readonly onGone: (jobs: readonly string[]) => void;
  readonly now: () => number;
}

interface Clock {
  /** Milliseconds left when the clock last stood still. */
  left: number;
  since: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** What is to be deleted: hidden at once, deleted when the time to take it back is over. Lives as long as the page. */
export class Deletions {
  readonly #parts: DeletionParts;
  readonly #listeners = new Set<() => void>();
  readonly #clocks = new Map<number, Clock>();
  #list: readonly Deletion[] = [];
  #hidden: ReadonlySet<string> = new Set();
  #nextId = 1;

  constructor(parts: DeletionParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Deletions that can be taken back or did not succeed, oldest first; the same object until something changes. */
  readonly list = (): readonly Deletion[] => this.#list;

  /** Ids of the jobs that are not to be shown; the same object until something changes. */
  readonly hidden = (): ReadonlySet<string> => this.#hidden;

  add(jobs: readonly JobDto[], from?: string): void {
    if (jobs.length === 0) return;
    const id = this.#nextId++;
    this.#clocks.set(id, { left: UNDO_MILLISECONDS, since: 0, timer: undefined });
    this.#show([...this.#list, { id, jobs, from, state: 'waiting' }]);
    this.resume(id);
  }

  /** Takes a deletion back, or puts a failed one away. */
  undo(id: number): void {
    this.#stop(id);
    this.#show(this.#list.filter((deletion) => deletion.id !== id));
  }

  /** Stops the clock of a deletion, as long as somebody is about to take it back. */
  pause(id: number): void {
    const clock = this.#clocks.get(id);
    if (clock?.timer === undefined) return;
    clearTimeout(clock.timer);
    clock.timer = undefined;
    clock.left -= this.#parts.now() - clock.since;
  }

  resume(id: number): void {
    const clock = this.#clocks.get(id);
    if (clock === undefined || clock.timer !== undefined) return;
    clock.since = this.#parts.now();
    clock.timer = setTimeout(() => void this.#send(id), Math.max(0, clock.left));
  }

  /** Sends a deletion that failed once more. */
  async again(id: number): Promise<void> {
    await this.#send(id);
  }

  /** Deletes everything that waits, now: the page is about to go. */
  flush(): void {
    for (const { id, state } of this.#list) if (state === 'waiting') void this.#send(id, true);
  }

  async #send(id: number, leaving = false): Promise<void> {
    this.#stop(id);
    const deletion = this.#list.find((other) => other.id === id);
    if (deletion === undefined || deletion.state === 'sending') return;
    const jobs = deletion.jobs.map((job) => job.id);
    this.#change(id, 'sending');
    try {
      await this.#parts.deleteJobs(jobs, leaving);
      this.#parts.onGone(jobs);
      this.#show(this.#list.filter((other) => other.id !== id));
    } catch {
      this.#change(id, 'failed');
    }
  }

  #stop(id: number): void {
    clearTimeout(this.#clocks.get(id)?.timer);
    this.#clocks.delete(id);
  }

  #change(id: number, state: Deletion['state']): void {
    this.#show(this.#list.map((deletion) => (deletion.id === id ? { ...deletion, state } : deletion)));
  }

  #show(list: readonly Deletion[]): void {
    this.#list = list;
    const shown = list.filter(({ state }) => state !== 'failed');
    this.#hidden = new Set(shown.flatMap(({ jobs }) => jobs.map(({ id }) => id)));
    for (const listener of this.#listeners) listener();
  }
}
