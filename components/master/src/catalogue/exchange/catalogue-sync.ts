import type { CatalogueRecord } from '@tessera/contracts';
import { fullJitter, type Logger, type Metrics } from '@tessera/runtime';
import type { CatalogueStore } from '@tessera/store';
import { Pulse } from '../../background/pulse.ts';
import { logError } from '../../log-ref.ts';
import type { CentralClient } from './central-client.ts';
import { catalogueRecord, type TellingSite } from './record.ts';

const BACKOFF = { firstMilliseconds: 2000, maxMilliseconds: 600_000 };
/** Things read at one time, and bytes told in one request, which the other side bounds. */
const PAGE = 100;
const MAX_BYTES = 200 * 1024;

export interface CatalogueSyncParts {
  readonly store: CatalogueStore;
  readonly client: Pick<CentralClient, 'changes' | 'tell'>;
  /** Address of the central site: what is known of it is kept by it. */
  readonly url: string;
  readonly site: TellingSite;
  readonly milliseconds: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly random: () => number;
}

/**
 * Keeps the catalogue in step with a central one: tells it of what is shared here, and takes over what it has of other sites.
 * How far both are is noted after each page; whoever is killed in between does that page again, which changes nothing. Several
 * masters of one site may do it side by side.
 */
export class CatalogueSync {
  readonly #parts: CatalogueSyncParts;
  readonly #pulse = new Pulse();
  readonly #stop = new AbortController();
  readonly #rounds;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(parts: CatalogueSyncParts) {
    this.#parts = parts;
    this.#rounds = parts.metrics.counter('tessera_catalogue_rounds_total', 'Rounds with the central catalogue.', [
      'outcome',
    ]);
  }

  start(): void {
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#pulse.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#pulse.sleep(await this.#once());
    }
  }

  /** One round; gives the milliseconds until the next. */
  async #once(): Promise<number> {
    const { milliseconds, logger, random } = this.#parts;
    try {
      await this.round();
      if (this.#failures > 0) logger.info({ failures: this.#failures }, 'catalogue:recovered');
      this.#failures = 0;
      this.#rounds.inc({ outcome: 'done' });
      return milliseconds;
    } catch (error) {
      if (this.#stop.signal.aborted) return 0;
      this.#failures += 1;
      this.#rounds.inc({ outcome: 'failed' });
      // An outage is told once.
      if (this.#failures === 1) logger.warn({ err: logError(error) }, 'catalogue:not-in-step');
      return Math.max(Math.min(1000, milliseconds), fullJitter(BACKOFF, this.#failures, random));
    }
  }

  /** @throws AppError what the central site or the store says. */
  async round(): Promise<void> {
    await this.#pull();
    await this.#push();
  }

  async #pull(): Promise<void> {
    const { store, client, url, site } = this.#parts;
    const { signal } = this.#stop;
    for (;;) {
      const known = await store.getPeer(url);
      const answer = await client.changes(known.pulled, signal);
      if (answer.feed !== known.feed) {
        // Another catalogue is there than before, or none was known: all begins anew.
        await store.notePeer(url, { feed: answer.feed, pulled: 0, pushed: 0 });
        if (known.pulled > 0) continue;
      }
      // What came from here comes back: it is known better here.
      const news = answer.records.filter((record) => record.site !== site.name);
      if (news.length > 0) await store.putRecords(news);
      await store.notePeer(url, { feed: answer.feed, pulled: answer.next });
      if (!answer.more || signal.aborted) return;
    }
  }

  async #push(): Promise<void> {
    const { store, client, url, site } = this.#parts;
    const { signal } = this.#stop;
    for (;;) {
      const { feed, pushed } = await store.getPeer(url);
      if (feed === null) return;
      const { changes, more } = await store.catalogueChanges({ after: pushed, limit: PAGE, own: true });
      for (const part of parts(changes.map((change) => catalogueRecord(change, site)))) {
        const answer = await client.tell(part, signal);
        if (answer.feed !== feed) return;
        await store.notePeer(url, { feed, pushed: part.at(-1)?.revision ?? pushed });
      }
      if (!more || signal.aborted) return;
    }
  }
}

/** Cuts a list into requests that are not too long. */
function parts(records: readonly CatalogueRecord[]): readonly (readonly CatalogueRecord[])[] {
  const all: CatalogueRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const own = Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes + own > MAX_BYTES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)?.push(record);
    bytes += own;
  }
  return all;
}
