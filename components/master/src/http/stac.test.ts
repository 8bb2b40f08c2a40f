import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { long } from '../../../../tests/services/long.ts';
import { pythonPackages } from '../../../../tests/services/python-packages.ts';
import { runCommand, tryCommand } from '../../../../tests/services/run-command.ts';
import { finishedProduct } from '../testing/finished-product.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

/** Prints how many documents are as the schemas of STAC want them; those of extensions are not fetched. */
const VALIDATE = `
import json, sys
from pystac import STACObjectType
from pystac.serialization import identify_stac_object
from pystac.validation import RegisteredValidator
documents = json.loads(sys.argv[1])
for document in documents:
    found = identify_stac_object(document)
    RegisteredValidator.get_validator().validate_core(document, found.object_type, str(found.version_range.latest_valid_version()))
print(len(documents))
`;

const AROUND_MUNICH = {
  type: 'Polygon',
  coordinates: [
    [
      [9, 45],
      [13, 45],
      [13, 51],
      [9, 51],
      [9, 45],
    ],
  ],
};

interface Found {
  readonly features: readonly { readonly id: string; readonly properties: { readonly title: string } }[];
  readonly links: readonly { readonly rel: string; readonly href: string; readonly body?: object }[];
}

describe('the STAC catalogue', () => {
  let parts: TestParts;
  let site: TestSite;
  const elsewhere = { origin: 'https://map.example', 'sec-fetch-site': 'cross-site' };
  const get = (path: string) => fetch(`${site.url}/stac${path}`, { headers: elsewhere });
  const titles = async (answer: Response): Promise<readonly string[]> => {
    expect(answer.status).toBe(200);
    return ((await answer.json()) as Found).features.map(({ properties }) => properties.title);
  };
  const post = (body: object) =>
    fetch(`${site.url}/stac/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...elsewhere },
      body: JSON.stringify(body),
    });

  beforeAll(async () => {
    parts = await startTestParts();
    site = await TestSite.start(parts, { environment: { PUBLIC_URL: 'https://tessera.example/' } });
    const time = { startTime: '2026-05-01T00:00:00Z', endTime: '2026-05-31T00:00:00Z' };
    await finishedProduct(site, { visitor: 'ann', name: 'Munich', at: [11, 48.5], share: true, ...time });
    await finishedProduct(site, { visitor: 'ann', name: 'Fiji', at: [179.5, -16], share: true });
    await finishedProduct(site, { visitor: 'ann', name: 'Hidden', at: [11, 48.5] });
  });
  afterAll(async () => {
    await site.close();
    await parts.close();
  });

  it.runIf(long)('is what pystac calls valid: catalogue, collections and items', { timeout: 300_000 }, async () => {
    const python = await pythonPackages('pystac', ['pystac[validation]==1.15.2']);
    const { collections } = (await (await get('/collections')).json()) as { collections: object[] };
    const { features } = (await (await post({})).json()) as { features: object[] };
    const documents = [await (await get('')).json(), ...collections, ...features] as object[];
    expect([collections.length, features.length]).toEqual([3, 2]);
    expect(await runCommand(python, ['-c', VALIDATE, JSON.stringify(documents)])).toBe('6\n');
  });

  it.runIf(long)('is what stac-api-validator wants of an API', { timeout: 300_000 }, async () => {
    const python = await pythonPackages('stac-api-validator', ['stac-api-validator==0.6.8']);
    // It follows links, so that the site has its own address in them.
    const own = await startTestParts();
    const named = await TestSite.start(own, {});
    try {
      for (let n = 0; n < 12; n += 1) {
        await finishedProduct(named, { visitor: 'ann', name: `Munich ${String(n)}`, at: [11, 48.5], share: true });
      }
      const classes = ['core', 'collections', 'features', 'item-search'].flatMap((one) => ['--conformance', one]);
      const where = ['--collection', 'tessera-indices', '--geometry', JSON.stringify(AROUND_MUNICH)];
      const program = join(dirname(python), 'stac-api-validator');
      const { stdout } = await tryCommand(program, ['--root-url', `${named.url}/stac`, ...where, ...classes]);
      const [, errors] = stdout.split(/^Errors:/m);
      const told = (errors ?? '').split('\n').filter((line) => line.startsWith('- '));
      // Where the schemas' host is out of reach they are not compared here; pystac brings them with it.
      expect(told.filter((line) => !line.includes('schemas.stacspec.org'))).toEqual([]);
      expect(stdout).toMatch(/^(Errors:|Warnings:)/m);
    } finally {
      await named.close();
      await own.close();
    }
  });

  it('is read from everywhere, by links of the public address, without cookies', async () => {
    const landing = await get('');
    expect(Object.fromEntries(landing.headers)).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(landing.headers.get('set-cookie')).toBeNull();
    const { links } = (await landing.json()) as Found;
    expect(links.every(({ href }) => href.startsWith('https://tessera.example/'))).toBe(true);
    const asked = await fetch(`${site.url}/stac/search`, { method: 'OPTIONS', headers: elsewhere });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, POST']);
    const description = await get('/api');
    expect(description.headers.get('content-type')).toBe('application/vnd.oai.openapi+json;version=3.1');
    const item = await get('/collections/tessera-indices/items?limit=1');
    expect(item.headers.get('content-type')).toMatch(/^application\/geo\+json/);
    expect(await item.json()).toMatchObject({
      features: [
        {
          geometry: { type: 'MultiPolygon' },
          properties: { 'proj:code': 'EPSG:4326', 'tessera:index': 'ndvi' },
          assets: { data: { roles: ['data'] } },
        },
      ],
    });
    expect((await get('/collections/other')).status).toBe(404);
    expect((await get('/collections/tessera-mosaics/items')).status).toBe(200);
  });

  it('finds what is shared by place, form and time', async () => {
    expect(await titles(await get('/search'))).toEqual(['Fiji', 'Munich']);
    expect(await titles(await get('/search?bbox=10,48,12,49'))).toEqual(['Munich']);
    expect(await titles(await get('/search?datetime=2026-05-10T00:00:00Z/2026-05-11T00:00:00Z'))).toEqual(['Munich']);
    expect(await titles(await get('/search?datetime=../2026-04-30T00:00:00Z'))).toEqual([]);
    expect(await titles(await post({ bbox: [179, -20, -179, -10], collections: ['tessera-indices'] }))).toEqual([
      'Fiji',
    ]);
    const ring = (west: number, south: number, side: number) => [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ];
    const polygon = (...coordinates: number[][][]) => ({ intersects: { type: 'Polygon', coordinates } });
    expect(await titles(await post(polygon(ring(10, 40, 10))))).toEqual(['Munich']);
    expect(await titles(await post(polygon(ring(10, 40, 10), ring(10.5, 47, 3))))).toEqual([]);
    expect(await titles(await post({ intersects: { type: 'Point', coordinates: [-179.9, -16.2] } }))).toEqual(['Fiji']);
    const line = {
      type: 'LineString',
      coordinates: [
        [0, 48.2],
        [20, 48.2],
      ],
    };
    expect(await titles(await get(`/search?intersects=${encodeURIComponent(JSON.stringify(line))}`))).toEqual([
      'Munich',
    ]);
    for (const query of ['bbox=1', 'datetime=yesterday', 'limit=0', 'intersects=x', 'datetime=../..', 'token=x']) {
      expect([query, (await get(`/search?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await post({ bbox: [0, 0, 1, 1], intersects: line })).status).toBe(400);
  });

  it('leads from page to page, asked either way', async () => {
    const first = (await (await get('/search?limit=1')).json()) as Found;
    const next = new URL(first.links.find(({ rel }) => rel === 'next')?.href ?? '');
    expect(await titles(await get(`/search${next.search}`))).toEqual(['Munich']);
    const posted = (await (await post({ limit: 1 })).json()) as Found;
    const { body } = posted.links.find(({ rel }) => rel === 'next') ?? {};
    expect(await titles(await post({ limit: 1, ...body }))).toEqual(['Munich']);
  });
});
