/** Jobs that are remembered. */
const MOST = 10_000;

/** What of a job decides who may want to hear of it. */
export interface JobPlace {
  readonly visitor: string;
  readonly batch: string | null;
}

/** Remembers whose jobs are and in which batch, so that changes of jobs that nobody watches need no look-up. */
export class JobOwners {
  readonly #places = new Map<string, JobPlace>();

  get(job: string): JobPlace | undefined {
    return this.#places.get(job);
  }

  set(job: string, { visitor, batch }: JobPlace): void {
    this.#places.delete(job);
    this.#places.set(job, { visitor, batch });
    const [oldest] = this.#places.keys();
    if (this.#places.size > MOST && oldest !== undefined) this.#places.delete(oldest);
  }
}
