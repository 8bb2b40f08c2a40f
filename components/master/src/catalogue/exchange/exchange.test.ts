import type { CatalogueEntry, CatalogueProduct } from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishedProduct } from '../../testing/finished-product.ts';
import { startTestParts, type TestParts } from '../../testing/test-parts.ts';
import { TestSite, until } from '../../testing/test-site.ts';

const PRODUCTS = '/api/v1/catalogue/products';
const TOKENS = { north: 'the-token-of-the-north', south: 'the-token-of-the-south' };

describe('catalogues of several sites', () => {
  let parts: Record<'central' | 'north' | 'south', TestParts>;
  let central: TestSite;
  let north: TestSite;
  let south: TestSite;
  let port: string;

  const startCentral = (at: string) =>
    TestSite.start(parts.central, {
      environment: {
        PORT: at,
        CATALOGUE_SITE: 'central',
        CATALOGUE_MEMBERS: `north ${TOKENS.north}\nsouth ${TOKENS.south}\n`,
      },
    });
  const startMember = (name: 'north' | 'south') =>
    TestSite.start(parts[name], {
      environment: {
        PUBLIC_URL: `https://${name}.example/`,
        CATALOGUE_SITE: name,
        CATALOGUE_CENTRAL_URL: `http://127.0.0.1:${port}`,
        CATALOGUE_CENTRAL_TOKEN: TOKENS[name],
        CATALOGUE_SYNC_SECONDS: '0.2',
      },
    });
  const products = async (site: TestSite) =>
    (await site.client.json<{ products: CatalogueProduct[] }>(PRODUCTS)).body.products;
  const names = async (site: TestSite) => (await products(site)).map(({ name }) => name).sort();
  const become = (site: TestSite, ...wanted: readonly string[]) =>
    until(async () => JSON.stringify(await names(site)) === JSON.stringify(wanted));
  const tell = (token: string, record: object) =>
    central.client.fetch('/api/v1/catalogue/records', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ records: [record] }),
    });

  beforeAll(async () => {
    const [one, two, three] = await Promise.all([startTestParts(), startTestParts(), startTestParts()]);
    parts = { central: one, north: two, south: three };
    central = await startCentral('0');
    port = new URL(central.url).port;
    north = await startMember('north');
    south = await startMember('south');
  });
  afterAll(async () => {
    await Promise.all([central, north, south].map((site) => site.close()));
    await Promise.all(Object.values(parts).map((part) => part.close()));
  });

  it('tell each other of what is shared by a central one, through its restarts, and of what is gone', async () => {
    const { product } = await finishedProduct(north, { visitor: 'ann', name: 'First', share: true });
    await finishedProduct(north, { visitor: 'ann', name: 'Hidden' });
    await become(south, 'First');
    const [seen] = await products(south);
    expect(seen).toMatchObject({
      ...{ id: product, site: 'north', own: false, shared: true, bbox: [10, 49.5, 11, 50], epsg: 4326 },
      links: {
        cog: `https://north.example${PRODUCTS}/${product}/files/cog`,
        picture: `https://north.example${PRODUCTS}/${product}/files/picture`,
        legendData: null,
        job: null,
      },
    });

    await central.close();
    const second = await finishedProduct(north, { visitor: 'ann', name: 'Second', share: true });
    await finishedProduct(south, { visitor: 'bob', name: 'Third', share: true });
    await until(() => Promise.resolve(north.log.some((line) => line.includes('catalogue:not-in-step'))));
    // One of the members dies meanwhile, too.
    await south.close();
    central = await startCentral(port);
    south = await startMember('south');
    await become(north, 'First', 'Second', 'Third');
    await become(south, 'First', 'Second', 'Third');
    await become(central, 'First', 'Second', 'Third');

    await north.store.changeProduct(product, { name: 'Anew' });
    await north.store.changeProduct(second.product, { shared: false });
    await become(south, 'Anew', 'Third');
    await become(central, 'Anew', 'Third');
    // What came back to where it came from changed nothing there.
    expect((await north.store.getProduct(product))?.origin).toBeNull();
  });

  it('entries go with their pictures, and come to an end everywhere', async () => {
    const { body: entry } = await south.client.post<CatalogueEntry>('/api/v1/catalogue/entries', {
      ...{ kind: 'rectangle', name: 'A box', bbox: [170, -5, -170, 5], share: true },
    });
    const path = `/api/v1/catalogue/entries/${entry.id}`;
    await until(async () => (await north.client.fetch(path)).status === 200);
    expect((await north.client.json(path)).body).toMatchObject({
      site: 'south',
      bbox: [170, -5, -170, 5],
      name: 'A box',
    });
    await south.client.fetch(path, { method: 'DELETE' });
    await until(async () => (await north.client.fetch(path)).status === 404);
  });

  it('a site tells of its own things only, with its own token', async () => {
    const record = { type: 'product', id: 'x'.repeat(22), site: 'south', revision: 1, product: null };
    expect((await tell('no-token-of-anybody', record)).status).toBe(401);
    expect((await tell(TOKENS.north, record)).status).toBe(403);
    expect((await tell(TOKENS.south, { ...record, revision: 0 })).status).toBe(400);
    expect((await tell(TOKENS.south, record)).status).toBe(200);
  });
});
