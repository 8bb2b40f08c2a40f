import type { MosaicCollection, MosaicCollectionList, MosaicRequest } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import { GuardedFetch, type UrlLimits } from '@tessera/runtime/outbound';
import { RequestProblems } from '../http/problems.ts';
import { StacClient, type StacSearch } from './stac-client.ts';
import type { StacEndpoint } from './stac-endpoints.ts';
import type { StacCollection, StacItem } from './stac-item.ts';

/** Milliseconds for which a catalogue's list of collections is believed. */
const KEPT = 600_000;
const MAX_DESCRIPTION = 2000;

interface KeptList {
  readonly at: number;
  readonly collections: readonly MosaicCollection[];
}

/** The catalogues of scenes that the operator names. */
export class Catalogues {
  readonly #endpoints: readonly StacEndpoint[];
  readonly #limits: UrlLimits;
  readonly #now: () => number;
  readonly #kept = new Map<string, KeptList>();

  constructor(endpoints: readonly StacEndpoint[], limits: UrlLimits, now: () => number) {
    this.#endpoints = endpoints;
    this.#limits = limits;
    this.#now = now;
  }

  /** What all catalogues offer, and which of them do not answer. */
  async collections(): Promise<Pick<MosaicCollectionList, 'collections' | 'unavailable'>> {
    const lists = await Promise.all(
      this.#endpoints.map(async (endpoint) => {
        try {
          return { collections: await this.#list(endpoint), unavailable: [] };
        } catch (error) {
          if (!AppError.is(error) || error.code !== 'CATALOGUE_UNAVAILABLE') throw error;
          return { collections: [], unavailable: [endpoint.name] };
        }
      }),
    );
    return {
      collections: lists.flatMap(({ collections }) => collections),
      unavailable: lists.flatMap(({ unavailable }) => unavailable),
    };
  }

  /**
   * Scenes of the catalogue that has the collection.
   *
   * @throws RequestProblems NOT_FOUND, BAD_REQUEST where several have it; AppError CATALOGUE_UNAVAILABLE.
   */
  async search(
    { collection, endpoint }: Pick<MosaicRequest, 'collection' | 'endpoint'>,
    search: StacSearch,
  ): Promise<readonly StacItem[]> {
    const named = this.#endpoints.filter(({ name }) => endpoint === undefined || name === endpoint);
    if (named.length === 0) {
      const message =
        endpoint === undefined ? 'This site knows no catalogue of scenes.' : 'There is no such catalogue.';
      throw new RequestProblems('NOT_FOUND', [{ path: endpoint === undefined ? 'collection' : 'endpoint', message }]);
    }
    const lists = await Promise.allSettled(named.map((one) => this.#list(one)));
    const having = named.filter((_, n) => {
      const list = lists[n];
      return list?.status === 'fulfilled' && list.value.some(({ id }) => id === collection);
    });
    const [only, another] = having;
    if (only === undefined) {
      const failed = lists.find((list) => list.status === 'rejected');
      if (failed !== undefined) throw AppError.from(failed.reason);
      throw new RequestProblems('NOT_FOUND', [{ path: 'collection', message: 'There is no such collection.' }]);
    }
    if (another !== undefined) {
      const message = `Several catalogues have it: ${having.map(({ name }) => name).join(', ')}.`;
      throw new RequestProblems('BAD_REQUEST', [{ path: 'endpoint', message }]);
    }
    return this.#asking(only, (client) => client.search(search));
  }

  async #list(endpoint: StacEndpoint): Promise<readonly MosaicCollection[]> {
    const kept = this.#kept.get(endpoint.name);
    if (kept !== undefined && this.#now() - kept.at < KEPT) return kept.collections;
    const told = await this.#asking(endpoint, (client) => client.collections());
    const collections = told.map((collection) => collectionDto(collection, endpoint.name));
    this.#kept.set(endpoint.name, { at: this.#now(), collections });
    return collections;
  }

  async #asking<Answer>(endpoint: StacEndpoint, ask: (client: StacClient) => Promise<Answer>): Promise<Answer> {
    const web = new GuardedFetch(this.#limits);
    try {
      return await ask(new StacClient(endpoint, web.fetch));
    } finally {
      await web.close();
    }
  }
}

function collectionDto({ id, title, description, extent }: StacCollection, endpoint: string): MosaicCollection {
  const box = extent?.spatial?.bbox?.[0];
  // With heights there are six numbers.
  const [west, south, east, north] = box?.length === 6 ? [box[0], box[1], box[3], box[4]] : (box ?? []);
  const isBox = [west, south, east, north].every((side) => side !== undefined);
  const [from = null, to = null] = extent?.temporal?.interval?.[0] ?? [];
  return {
    id,
    endpoint,
    title: title ?? null,
    description: (description ?? '').slice(0, MAX_DESCRIPTION),
    bbox: isBox ? [west ?? 0, south ?? 0, east ?? 0, north ?? 0] : null,
    from,
    to,
  };
}
