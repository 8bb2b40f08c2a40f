import { AppError } from '@tessera/runtime';
import type { GuardedFetch } from '@tessera/runtime/outbound';
import type { z } from 'zod';
import type { StacEndpoint } from './stac-endpoints.ts';
import {
  stacCollectionsSchema,
  stacLandingSchema,
  stacSearchSchema,
  type StacCollection,
  type StacItem,
  type StacLink,
} from './stac-item.ts';

/** Milliseconds for one answer. */
const PATIENCE = 20_000;
/** Bytes of one answer: a scene takes about 20 kB. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Scenes, or collections, that are asked for at one time. */
const PAGE = 100;
const MAX_PAGES = 50;
const ACCEPT = 'application/geo+json, application/json';

/** What scenes are looked for. */
export interface StacSearch {
  readonly collection: string;
  readonly bbox: readonly number[];
  /** An interval, as STAC writes it. */
  readonly datetime: string;
  /** Percent. */
  readonly maxCloudCover: number | undefined;
  /** One more than this many is too many: the search ends there. */
  readonly limit: number;
}

interface Question {
  readonly url: string;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/** Asks one catalogue of scenes. */
export class StacClient {
  readonly #endpoint: StacEndpoint;
  readonly #fetch: GuardedFetch['fetch'];

  /** @param fetch decides where it may connect to. */
  constructor(endpoint: StacEndpoint, fetch: GuardedFetch['fetch']) {
    this.#endpoint = endpoint;
    this.#fetch = fetch;
  }

  /**
   * Scenes of a place and time, page by page. A catalogue that can not compare or order does neither: whoever asks does
   * both again.
   *
   * @throws AppError CATALOGUE_UNAVAILABLE.
   */
  async search({ collection, bbox, datetime, maxCloudCover, limit }: StacSearch): Promise<readonly StacItem[]> {
    const { conformsTo } = await this.#ask({ url: this.#endpoint.url }, stacLandingSchema);
    const knows = (part: RegExp): boolean => conformsTo?.some((uri) => part.test(uri)) === true;
    const isComparing = maxCloudCover !== undefined && knows(/item-search#query$/);
    const isFiltering = maxCloudCover !== undefined && !isComparing && knows(/item-search#filter|cql2-json/);
    const isOrdering = knows(/item-search#sort$/);
    const body = {
      collections: [collection],
      bbox,
      datetime,
      limit: Math.min(PAGE, limit + 1),
      ...(isComparing && { query: { 'eo:cloud_cover': { lte: maxCloudCover } } }),
      ...(isFiltering && {
        'filter-lang': 'cql2-json',
        filter: { op: '<=', args: [{ property: 'eo:cloud_cover' }, maxCloudCover] },
      }),
      ...(isOrdering && { sortby: [{ field: 'properties.datetime', direction: 'desc' }] }),
    };
    const found = new Map<string, StacItem>();
    let next: Question | undefined = { url: `${this.#endpoint.url}/search`, body };
    for (let page = 0; next !== undefined && page < MAX_PAGES && found.size <= limit; page += 1) {
      const { features, links } = await this.#ask(next, stacSearchSchema);
      if (features.length === 0) break;
      for (const item of features) {
        const cover = item.properties['eo:cloud_cover'];
        if (maxCloudCover === undefined || (typeof cover === 'number' && cover <= maxCloudCover))
          found.set(item.id, item);
      }
      next = this.#next(next, links);
    }
    return [...found.values()];
  }

  /** @throws AppError CATALOGUE_UNAVAILABLE. */
  async collections(): Promise<readonly StacCollection[]> {
    const found: StacCollection[] = [];
    let next: Question | undefined = { url: `${this.#endpoint.url}/collections` };
    for (let page = 0; next !== undefined && page < MAX_PAGES; page += 1) {
      const { collections, links } = await this.#ask(next, stacCollectionsSchema);
      if (collections.length === 0) break;
      found.push(...collections);
      next = this.#next(next, links);
    }
    return found;
  }

  /** The next page, if it is at the catalogue's own address: links lead nowhere else. */
  #next(asked: Question, links: readonly StacLink[] | null | undefined): Question | undefined {
    const link = links?.find(({ rel }) => rel === 'next');
    if (link === undefined || !URL.canParse(link.href, asked.url)) return undefined;
    const url = new URL(link.href, asked.url);
    // Behind a proxy some catalogues tell addresses that only they know; pages are told by the rest of it.
    const own = new URL(this.#endpoint.url);
    if (url.host !== own.host) throw this.#unavailable('a page elsewhere');
    url.protocol = own.protocol;
    if (link.method?.toUpperCase() !== 'POST') return { url: url.href };
    return { url: url.href, body: link.merge === true ? { ...asked.body, ...link.body } : (link.body ?? asked.body) };
  }

  async #ask<Schema extends z.ZodType>({ url, body }: Question, schema: Schema): Promise<z.output<Schema>> {
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const answer = await this.#fetch(url, {
        headers: body === undefined ? { accept: ACCEPT } : { accept: ACCEPT, 'content-type': 'application/json' },
        signal,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) {
        await answer.body?.cancel();
        throw this.#unavailable(`status ${String(answer.status)}`);
      }
      return schema.parse(JSON.parse(await readText(answer)));
    } catch (error) {
      if (AppError.is(error) && error.code === 'CATALOGUE_UNAVAILABLE') throw error;
      throw this.#unavailable('no answer that could be read', error);
    }
  }

  #unavailable(reason: string, cause?: unknown): AppError {
    return new AppError('CATALOGUE_UNAVAILABLE', {
      message: `The catalogue ${this.#endpoint.name} does not answer as it should.`,
      details: { reason, url: this.#endpoint.url },
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

async function readText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      throw new AppError('CATALOGUE_UNAVAILABLE', { message: 'The catalogue answers at greater length than is read.' });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
