import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

/** An item of STAC, as far as searches look at it. */
export interface SmallItem {
  readonly id: string;
  readonly bbox: readonly number[];
  readonly collection: string;
  readonly properties: { readonly datetime: string; readonly 'eo:cloud_cover': number };
}

interface Asked {
  readonly collections: readonly string[];
  readonly bbox: readonly [number, number, number, number];
  readonly datetime: string;
  readonly query?: { readonly 'eo:cloud_cover': { readonly lte: number } };
  readonly token?: string;
}

/** Items of one page. */
const PAGE = 2;

/** Answers as stac-fastapi does, with pages of two items; everything below `/stac`. */
export function smallStac(collection: { readonly id: string }, items: readonly SmallItem[]) {
  const send = (response: ServerResponse, body: unknown): void => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '').replace(/^\/stac/, '');
    if (path === '') send(response, { conformsTo: ['https://api.stacspec.org/v1.0.0/item-search#query'] });
    else if (path === '/collections') send(response, { collections: [collection], links: [] });
    else if (path === '/search' && request.method === 'POST') {
      send(response, search(items, (await json(request)) as Asked, `http://${request.headers.host ?? ''}/stac/search`));
    } else response.writeHead(404).end();
  };
}

function search(items: readonly SmallItem[], asked: Asked, href: string) {
  const [west, south, east, north] = asked.bbox;
  const [from = '', to = ''] = asked.datetime.split('/').map((time) => new Date(time).toISOString());
  const found = items.filter(({ bbox, collection, properties }) => {
    const time = new Date(properties.datetime).toISOString();
    const [left = 0, bottom = 0, right = 0, top = 0] = bbox;
    // Across the antimeridian from left to 180, and from -180 to right.
    const isAcross = left > right && (left <= east || right >= west);
    return (
      asked.collections.includes(collection) &&
      (isAcross || (left <= east && right >= west)) &&
      bottom <= north &&
      top >= south &&
      time >= from &&
      time <= to &&
      properties['eo:cloud_cover'] <= (asked.query?.['eo:cloud_cover'].lte ?? 100)
    );
  });
  const start = Number(asked.token ?? 0);
  const next = start + PAGE;
  const links = [{ rel: 'next', href, method: 'POST', body: { token: String(next) }, merge: true }];
  return { type: 'FeatureCollection', features: found.slice(start, next), links: next < found.length ? links : [] };
}
