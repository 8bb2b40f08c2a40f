import { AppError } from '@tessera/runtime';
import { MAX_CATALOGUE_PAGE, type CatalogueKind } from '@tessera/contracts';
import type { CatalogueProductQuery, CatalogueStore } from '@tessera/store';
import type { Request, Response } from 'express';
import { COLLECTIONS, stacCollection } from '../catalogue/stac/collections.ts';
import { stacItem } from '../catalogue/stac/item.ts';
import { CONFORMANCE, collectionList, landingPage } from '../catalogue/stac/landing-page.ts';
import { allowOrigins, allowRequests } from '../http/cross-origin.ts';
import { siteAddress } from '../http/site-address.ts';
import { OPENAPI_TYPE } from '../routes/stac.ts';
import type { HandlersOf } from './parts.ts';

type Ids =
  | 'stacDescription'
  | 'stacLandingPage'
  | 'stacConformance'
  | 'stacCollections'
  | 'stacCollection'
  | 'stacItems'
  | 'stacItem'
  | 'stacSearch'
  | 'stacPostSearch'
  | 'stacAskSearch';

interface Page {
  readonly bbox?: CatalogueProductQuery['bbox'];
  readonly datetime?: { readonly from: Date | undefined; readonly to: Date | undefined } | undefined;
  readonly intersects?: CatalogueProductQuery['shapes'];
  readonly limit: number;
  readonly token?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
}

export interface StacParts {
  readonly store: CatalogueStore;
  readonly publicUrl: string | undefined;
  /** The OpenAPI document. */
  readonly describe: () => unknown;
}

/** What is shared, as a STAC API: nobody is told apart, so all of it may be read from everywhere. */
export function stacHandlers({ store, publicUrl, describe }: StacParts): HandlersOf<Ids> {
  const placeOf = (request: Request) => {
    const site = siteAddress(request, publicUrl);
    return { site, root: `${site}/stac` };
  };
  const kindOf = (collection: string): CatalogueKind => {
    const kind = Object.hasOwn(COLLECTIONS, collection) ? COLLECTIONS[collection] : undefined;
    if (kind === undefined) throw new AppError('NOT_FOUND');
    return kind;
  };
  const items = async (
    { request, response }: { readonly request: Request; readonly response: Response },
    { bbox, intersects, datetime, limit, token, ids, collections }: Page,
    linksOf: (root: string, next: string | null) => readonly StacLink[],
  ) => {
    allowOrigins(response);
    const place = placeOf(request);
    const { products, next } = await store.searchProducts({
      visitor: null,
      bbox,
      shapes: intersects,
      from: datetime?.from,
      to: datetime?.to,
      ids,
      kinds: collections?.flatMap((name) => (Object.hasOwn(COLLECTIONS, name) ? [COLLECTIONS[name] ?? ''] : [])),
      limit: Math.min(limit, MAX_CATALOGUE_PAGE),
      before: token === undefined ? undefined : Number(token),
    });
    response.type('application/geo+json');
    return {
      type: 'FeatureCollection' as const,
      features: products.map((row) => stacItem(row, place)),
      numberReturned: products.length,
      timeStamp: new Date().toISOString(),
      links: [
        { rel: 'root', type: 'application/json', href: place.root },
        ...linksOf(place.root, next === null ? null : String(next)),
      ],
    };
  };
  return {
    stacLandingPage({ request, response }) {
      allowOrigins(response);
      return landingPage(placeOf(request));
    },

    stacDescription({ response }) {
      allowOrigins(response);
      response.setHeader('Content-Type', OPENAPI_TYPE);
      response.end(JSON.stringify(describe()));
    },

    stacConformance({ response }) {
      allowOrigins(response);
      return { conformsTo: [...CONFORMANCE] };
    },

    async stacCollections({ request, response }) {
      allowOrigins(response);
      return collectionList(placeOf(request).root, await store.productExtents());
    },

    async stacCollection({ params, request, response }) {
      allowOrigins(response);
      const kind = kindOf(params.collection);
      return stacCollection(placeOf(request).root, kind, await store.productExtents());
    },

    stacItems: (call) => {
      const { collection } = call.params;
      kindOf(collection);
      return items(call, { ...call.query, collections: [collection] }, (root, next) => {
        const own = `${root}/collections/${collection}`;
        return [
          { rel: 'self', type: GEOJSON, href: withQuery(`${own}/items`, call.request, undefined) },
          { rel: 'collection', type: 'application/json', href: own },
          ...(next === null
            ? []
            : [{ rel: 'next', type: GEOJSON, href: withQuery(`${own}/items`, call.request, next) }]),
        ];
      });
    },

    async stacItem({ params, request, response }) {
      allowOrigins(response);
      const kind = kindOf(params.collection);
      const row = await store.getProduct(params.item);
      if (row?.kind !== kind || !row.shared) throw new AppError('NOT_FOUND');
      response.type('application/geo+json');
      return stacItem(row, placeOf(request));
    },

    stacSearch: (call) =>
      items(call, call.query, (root, next) => [
        { rel: 'self', type: GEOJSON, href: withQuery(`${root}/search`, call.request, undefined) },
        ...(next === null
          ? []
          : [{ rel: 'next', type: GEOJSON, method: 'GET', href: withQuery(`${root}/search`, call.request, next) }]),
      ]),

    stacPostSearch: (call) =>
      items(call, call.body, (root, next) => [
        { rel: 'self', type: GEOJSON, method: 'POST', href: `${root}/search` },
        ...(next === null
          ? []
          : [
              {
                rel: 'next',
                type: GEOJSON,
                method: 'POST',
                href: `${root}/search`,
                body: { token: next },
                merge: true,
              },
            ]),
      ]),

    stacAskSearch: ({ response }) => allowRequests(response, 'GET, POST'),
  };
}

const GEOJSON = 'application/geo+json';

interface StacLink {
  readonly [name: string]: unknown;
  readonly rel: string;
  readonly type: string;
  readonly href: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly merge?: boolean;
}

/** The same search as that of a request, from a page on. */
function withQuery(address: string, request: Request, token: string | undefined): string {
  const { searchParams } = new URL(request.originalUrl, 'http://site');
  if (token !== undefined) searchParams.set('token', token);
  const query = searchParams.toString();
  return query === '' ? address : `${address}?${query}`;
}
