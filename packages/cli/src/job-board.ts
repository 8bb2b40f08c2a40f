import { setTimeout as sleep } from 'node:timers/promises';
import type { JobDto } from '@tessera/contracts';
import type { ApiClient } from './api-client.ts';

const FINAL: ReadonlySet<JobDto['state']> = new Set(['done', 'failed', 'cancelled']);
/** Milliseconds between two looks at a job, for changes that the stream missed. */
const LOOK_INTERVAL = 2000;

/** Follows all jobs of one run over a single event stream, and looks for itself now and then. */
export class JobBoard {
  readonly #client: ApiClient;
  readonly #signal: AbortSignal;
  readonly #listeners = new Map<string, (job: JobDto) => void>();

  constructor(client: ApiClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** Opens the stream and opens it again whenever it ends, until the signal is aborted. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        for await (const job of this.#client.watch(this.#signal)) this.#listeners.get(job.id)?.(job);
      } catch {
        // The looks go on; a server that is gone for good is noticed by them.
      }
      await sleep(500, undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }

  /** Resolves with the job's final state; `changed` is told of every change on the way. */
  async finished(job: JobDto, changed: (job: JobDto) => void): Promise<JobDto> {
    const { promise, resolve } = Promise.withResolvers<JobDto>();
    const see = (seen: JobDto): void => {
      changed(seen);
      if (FINAL.has(seen.state)) resolve(seen);
    };
    this.#listeners.set(job.id, see);
    const stop = new AbortController();
    try {
      see(job);
      return await Promise.race([promise, this.#look(job.id, see, AbortSignal.any([stop.signal, this.#signal]))]);
    } finally {
      stop.abort();
      this.#listeners.delete(job.id);
    }
  }

  /** Looks every two seconds; fails when the server can not be asked. */
  async #look(id: string, see: (job: JobDto) => void, signal: AbortSignal): Promise<never> {
    for (;;) {
      await sleep(LOOK_INTERVAL, undefined, { signal });
      see(await this.#client.job(id, signal));
    }
  }
}
