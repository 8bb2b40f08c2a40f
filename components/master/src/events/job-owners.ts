/** Jobs that are remembered. */
const MOST = 10_000;

/** Remembers whose jobs are, so that changes of other visitors' jobs need no look-up. */
export class JobOwners {
  readonly #owners = new Map<string, string>();

  get(job: string): string | undefined {
    return this.#owners.get(job);
  }

  set(job: string, visitor: string): void {
    this.#owners.delete(job);
    this.#owners.set(job, visitor);
    const [oldest] = this.#owners.keys();
    if (this.#owners.size > MOST && oldest !== undefined) this.#owners.delete(oldest);
  }
}
