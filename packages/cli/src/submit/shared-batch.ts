import type { JobDto } from '@tessera/contracts';

export interface Submitted {
  readonly job: JobDto;
  readonly batch: string | null;
}

/** The one batch that all jobs of a run join: the first to be submitted begins it, the others wait for its id. */
export class SharedBatch {
  readonly #onKnown: (batch: string) => void;
  #id: string | undefined;
  #beginning: Promise<unknown> | undefined;

  constructor(onKnown: (batch: string) => void) {
    this.#onKnown = onKnown;
  }

  /** A batch of an earlier run goes on, unless this run has one already. */
  join(batch: string | null): void {
    if (this.#id !== undefined || batch === null) return;
    this.#id = batch;
    this.#onKnown(batch);
  }

  /** @param send submits into the given batch; `new` begins one. */
  async submit(send: (batch: string) => Promise<Submitted>): Promise<Submitted> {
    while (this.#id === undefined && this.#beginning !== undefined) await this.#beginning.catch(() => undefined);
    if (this.#id !== undefined) return send(this.#id);
    const sent = send('new');
    this.#beginning = sent;
    try {
      const submitted = await sent;
      this.join(submitted.batch);
      return submitted;
    } finally {
      this.#beginning = undefined;
    }
  }
}
