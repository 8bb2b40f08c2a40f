import type { CatalogueEntry, CatalogueProduct } from '@tessera/contracts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COG_BYTES, finishedProduct } from '../testing/finished-product.ts';
import { pngPicture } from '../testing/pictures.ts';
import { TestClient } from '../testing/test-client.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { ADMIN_TOKEN, TestSite } from '../testing/test-site.ts';

const PRODUCTS = '/api/v1/catalogue/products';
const ENTRIES = '/api/v1/catalogue/entries';

/** As many as all tests together share. */
const MAX_SHARED = 3;

/** The part of the signed cookie that names the visitor. */
const visitorOf = ({ cookie }: TestClient): string =>
  decodeURIComponent(cookie ?? '')
    .replace('tessera=', '')
    .split('.')[0] ?? '';

interface Page {
  readonly products: readonly CatalogueProduct[];
  readonly next: string | null;
}

describe('the catalogue', () => {
  let parts: TestParts;
  let site: TestSite;
  let other: TestClient;
  let visitor: string;
  const listed = async (client: TestClient, query = ''): Promise<readonly string[]> =>
    (await client.json<Page>(`${PRODUCTS}?${query}`)).body.products.map(({ name }) => name);
  const change = (client: TestClient, path: string, body: unknown, method = 'PATCH', headers = {}) =>
    client.fetch(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
    });

  beforeAll(async () => {
    parts = await startTestParts();
    site = await TestSite.start(parts, { environment: { CATALOGUE_MAX_SHARED: String(MAX_SHARED) } });
    other = new TestClient(site.url);
    await site.client.json(PRODUCTS);
    visitor = visitorOf(site.client);
  });
  afterAll(async () => {
    await site.close();
    await parts.close();
  });

  it('shows a product to others, and lets pages of other sites read its files, while it is shared', async () => {
    const { product, job } = await finishedProduct(site, { visitor, name: 'Hidden', at: [20, 10] });
    const own = await site.client.json<CatalogueProduct>(`${PRODUCTS}/${product}`);
    expect(own.body).toMatchObject({
      ...{ name: 'Hidden', kind: 'index', index: 'ndvi', epsg: 4326, shared: false, own: true, site: null },
      bbox: [20, 9.5, 21, 10],
      footprint: { type: 'Polygon' },
      links: { job: `/api/v1/jobs/${job}`, legendData: null },
    });
    const { cog, picture } = own.body.links;
    expect((await other.fetch(`${PRODUCTS}/${product}`)).status).toBe(404);
    expect((await other.fetch(cog)).status).toBe(404);
    const kept = await site.client.fetch(cog);
    expect([kept.status, kept.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    expect(await listed(other)).toEqual([]);
    expect((await change(other, `${PRODUCTS}/${product}`, { share: true })).status).toBe(404);

    const words = { share: true, name: 'Shown', creator: 'Zoë', startTime: '2026-05-01T00:00:00Z' };
    expect((await change(site.client, `${PRODUCTS}/${product}`, words)).status).toBe(200);
    expect(await listed(other)).toEqual(['Shown']);
    const seen = await other.json<CatalogueProduct>(`${PRODUCTS}/${product}`);
    expect(seen.body).toMatchObject({ own: false, creator: 'Zoë', links: { job: null } });
    expect(JSON.stringify(seen.body)).not.toContain(job);
    const range = await fetch(site.url + cog, { headers: { range: 'bytes=4-8', origin: 'https://elsewhere.example' } });
    expect([range.status, await range.text()]).toEqual([206, new TextDecoder().decode(COG_BYTES.slice(4, 9))]);
    expect(Object.fromEntries(range.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-expose-headers': expect.stringContaining('Content-Range') as string,
    });
    const asked = await fetch(site.url + cog, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example' } });
    expect([asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([
      204,
      expect.stringContaining('Range'),
    ]);
    expect((await fetch(site.url + (picture ?? ''))).headers.get('content-type')).toBe('image/png');
    expect((await other.fetch(`${PRODUCTS}/${product}/files/other`)).status).toBe(404);
    expect((await change(other, `${PRODUCTS}/${product}`, { name: 'Mine' })).status).toBe(403);
    expect((await change(other, `${PRODUCTS}/${product}`, {}, 'DELETE')).status).toBe(403);
    const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
    expect((await change(other, `${PRODUCTS}/${product}`, {}, 'DELETE', admin)).status).toBe(204);
    expect((await fetch(site.url + cog)).status).toBe(404);
    expect((await site.client.json<{ state: string }>(`/api/v1/jobs/${job}`)).body.state).toBe('done');
  });

  it('lets a visitor share so many products, and others as many', async () => {
    const ann = new TestClient(site.url);
    await ann.json(PRODUCTS);
    const name = visitorOf(ann);
    const made: string[] = [];
    for (let n = 0; n <= MAX_SHARED; n += 1) made.push((await finishedProduct(site, { visitor: name })).product);
    const share = (n: number, wish: boolean) => change(ann, `${PRODUCTS}/${made[n] ?? ''}`, { share: wish });
    for (let n = 0; n < MAX_SHARED; n += 1) expect((await share(n, true)).status).toBe(200);
    expect((await share(0, true)).status).toBe(200);
    const refused = await share(MAX_SHARED, true);
    expect([refused.status, await refused.json()]).toMatchObject([429, { error: { code: 'QUOTA_EXCEEDED' } }]);
    expect((await change(ann, `${PRODUCTS}/${made[MAX_SHARED] ?? ''}`, { name: 'Anew' })).status).toBe(200);
    expect((await share(0, false)).status).toBe(200);
    expect((await share(MAX_SHARED, true)).status).toBe(200);
    for (const id of made) await change(ann, `${PRODUCTS}/${id}`, {}, 'DELETE');
  });

  it('gives the pictures of entries without what was written in their files', async () => {
    const secret = 'GPS of a garden';
    const file = await sharp(pngPicture(64, 32))
      .withExif({ IFD0: { Copyright: secret }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    expect(file.toString('latin1')).toContain(secret);
    const image = await site.client.image(file);
    const { body: entry } = await site.client.post<CatalogueEntry>(ENTRIES, {
      ...{ kind: 'image', name: 'A garden', source: { image: image.id }, share: true },
      corners: [
        [10, 50],
        [11, 50],
        [11, 49],
        [10, 49],
      ],
    });
    const answer = await other.fetch(entry.image ?? '');
    const sent = Buffer.from(await answer.arrayBuffer());
    expect(await sharp(sent).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 32 });
    expect((await sharp(sent).metadata()).exif).toBeUndefined();
    expect(sent.toString('latin1')).not.toContain(secret);
    await change(site.client, `${ENTRIES}/${entry.id}`, {}, 'DELETE');
  });

  it('is searched by place, also across the antimeridian, and is GeoJSON', async () => {
    await finishedProduct(site, { visitor, name: 'Fiji', at: [179.5, -16], share: true });
    await finishedProduct(site, { visitor, name: 'Greenwich', at: [-0.5, 51.5], share: true });
    expect(await listed(other, 'bbox=179,-20,-179,-10')).toEqual(['Fiji']);
    expect(await listed(other, 'bbox=-180,-20,-179.9,-10')).toEqual(['Fiji']);
    expect(await listed(other, 'bbox=-10,-20,10,-10')).toEqual([]);
    expect(await listed(other, 'bbox=-1,51,0,52&q=GREEN&kind=index&index=ndvi')).toEqual(['Greenwich']);
    const first = await other.json<Page>(`${PRODUCTS}?limit=1`);
    expect(await listed(other, `limit=1&cursor=${first.body.next ?? ''}`)).toEqual(['Fiji']);
    for (const query of ['bbox=1,2,3', 'bbox=0,5,1,4', 'cursor=x', 'from=yesterday', 'unknown=1', 'limit=0']) {
      expect([query, (await other.fetch(`${PRODUCTS}?${query}`)).status]).toEqual([query, 400]);
    }
    const features = await other.fetch(`${PRODUCTS}.geojson?bbox=179,-20,-179,-10`);
    expect(features.headers.get('content-type')).toMatch(/^application\/geo\+json/);
    expect(await features.json()).toMatchObject({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', geometry: { type: 'MultiPolygon' }, bbox: [179.5, -16.5, -179.5, -16] }],
    });
  });

  it('has points, rectangles and images that people put on the map', async () => {
    const image = await site.client.image(pngPicture());
    const corners = [
      [10, 50],
      [11, 50],
      [11, 49],
      [10, 49],
    ];
    const create = async (body: object) => {
      const { status, body: entry } = await site.client.post<CatalogueEntry>(ENTRIES, body);
      return { status, entry };
    };
    const point = await create({ kind: 'point', name: 'Here', point: [179, 1], share: true });
    expect(point).toMatchObject({
      status: 201,
      entry: { geometry: { type: 'Point', coordinates: [179, 1] }, own: true },
    });
    const box = await create({ kind: 'rectangle', name: 'A box', bbox: [170, -5, -170, 5] });
    expect(box.entry).toMatchObject({ bbox: [170, -5, -170, 5], geometry: { type: 'MultiPolygon' }, shared: false });
    const shown = await create({ kind: 'image', name: 'A photo', corners, source: { image: image.id }, share: true });
    expect(shown.entry).toMatchObject({ corners, image: `${ENTRIES}/${shown.entry.id}/image` });
    expect((await other.fetch(shown.entry.image ?? '')).headers.get('content-type')).toBe('image/jpeg');
    const names = async (client: TestClient, query = '') => {
      const { body } = await client.json<{ entries: CatalogueEntry[] }>(`${ENTRIES}?${query}`);
      return body.entries.map(({ name }) => name);
    };
    expect(await names(site.client)).toEqual(['A photo', 'A box', 'Here']);
    expect(await names(other, 'bbox=175,0,-175,4')).toEqual(['Here']);
    expect(await names(site.client, 'kind=rectangle')).toEqual(['A box']);

    const { product } = await finishedProduct(site, { visitor, name: 'Private' });
    const source = { product };
    const refused = [
      await create({ kind: 'image', name: 'x', corners, source, share: true }),
      await create({ kind: 'image', name: 'x', corners, source: { image: 'nobody' } }),
      await create({ kind: 'point', name: 'x', point: [181, 0] }),
      await create({ kind: 'point', name: '', point: [1, 0] }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([409, 404, 400, 400]);
    expect((await create({ kind: 'image', name: 'x', corners, source })).entry.product).toBe(product);

    const path = `${ENTRIES}/${point.entry.id}`;
    expect((await change(other, path, { name: 'Mine' })).status).toBe(403);
    expect((await change(site.client, path, { bbox: [0, 0, 1, 1] })).status).toBe(400);
    const moved = await change(site.client, path, { point: [1, 2] });
    expect(await moved.json()).toMatchObject({ bbox: [1, 2, 1, 2], name: 'Here' });
    expect((await change(site.client, path, {}, 'DELETE')).status).toBe(204);
    expect((await other.fetch(path)).status).toBe(404);
  });
});
