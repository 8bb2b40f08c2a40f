import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  completenessSchema,
  legendSchema,
  type CatalogueProduct,
  type ImageDto,
  type JobDto,
  type Palette,
  type Stretch,
} from '@tessera/contracts';
import { paletteColours } from '@tessera/geo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../../../tests/services/run-command.ts';
import { FileServer } from '../testing/file-server.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

const ORACLE = fileURLToPath(new URL('./oracle.py', import.meta.url));
const ask = (...args: readonly string[]): Promise<string> => runCommand('/usr/bin/python3', [ORACLE, ...args]);

interface Judged {
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly epsg: number;
  readonly origin: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
  readonly overviews: readonly number[];
  readonly nodata: string;
  readonly dtype: string;
  /** Samples that are not those of numpy. */
  readonly differ: number;
  /** Pixels that numpy has no value for. */
  readonly missing: number;
}

interface JudgedPicture extends Pick<Judged, 'differ' | 'missing'> {
  readonly channels: number;
  /** Ends of the stretch by numpy. */
  readonly low: number;
  readonly high: number;
}

let changes = 0;

/** Serves one file under several names. */
function sendRange(file: Uint8Array, { url, headers }: IncomingMessage, response: ServerResponse): void {
  const [start = 0, last = 0] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? []).slice(1).map(Number);
  if (url === '/nowhere.tif') response.writeHead(404).end();
  else if (url === '/whole.tif') response.end(file);
  else {
    if (url === '/changing.tif') changes += 1;
    const end = Math.min(last + 1, file.length);
    response.writeHead(206, {
      etag: `"${String(changes)}"`,
      'content-range': `bytes ${String(start)}-${String(end - 1)}/${String(file.length)}`,
    });
    response.end(file.subarray(start, end));
  }
}

describe('products', () => {
  let parts: TestParts;
  let site: TestSite;
  let server: FileServer;
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const upload = async (name: string): Promise<ImageDto> => site.client.image(await readFile(path(name)), name);
  const submit = (body: unknown) => site.client.post<{ job: JobDto }>('/api/v1/products', body);

  const finished = async (body: unknown, name: string): Promise<JobDto> => {
    const { status, body: answer } = await submit(body);
    expect(status, JSON.stringify(answer)).toBe(202);
    const job = await site.client.ended(answer.job.id);
    expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done' });
    const response = await site.client.fetch(job.result?.url ?? '');
    await writeFile(path(name), Buffer.from(await response.arrayBuffer()));
    return job;
  };

  /** Fetches the picture beside a product, and compares it with what numpy paints of the product. */
  const judgePicture = async (job: JobDto, name: string, stretch: Stretch, palette: Palette | null) => {
    const url = job.result?.companions?.find(({ role }) => role === 'picture')?.url ?? '';
    const response = await site.client.fetch(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    await writeFile(path(`${name}.png`), Buffer.from(await response.arrayBuffer()));
    const colours = JSON.stringify(palette && paletteColours(palette));
    const judged = await ask('picture', path(`${name}.png`), path(name), JSON.stringify(stretch), colours);
    return JSON.parse(judged) as JudgedPicture;
  };

  const index = (bands: object, wish: object = { index: 'ndvi' }) => ({
    product: { kind: 'index', index: wish, bands },
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-products-'));
    await ask('make', folder);
    parts = await startTestParts();
    const red = await readFile(path('red.tif'));
    server = await FileServer.start((request, response) => sendRange(red, request, response));
    site = await TestSite.start(parts, {
      slots: 2,
      environment: { FETCH_PORTS: String(server.port), FETCH_RASTERS: 'true' },
      urls: {
        resolve: (host) => Promise.resolve([host === 'scenes.example' ? '127.0.0.1' : '10.0.0.1']),
        isAllowed: (address) => address === '127.0.0.1',
      },
    });
  });
  afterAll(async () => {
    await site.close();
    await server.close();
    await parts.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('an index is that of numpy to the last bit, in a file that GDAL finds no fault with', async () => {
    const [red, nir] = [await upload('red.tif'), await upload('nir.tif')];
    const stretch: Stretch = { kind: 'fixed', low: -1, high: 1 };
    const job = await finished(
      {
        output: { picture: { palette: 'vegetation', stretch } },
        product: {
          kind: 'index',
          index: { index: 'ndvi' },
          bands: { red: { raster: { image: red.id } }, nir: { raster: { image: nir.id } } },
        },
      },
      'ndvi.tif',
    );
    expect(job.result).toMatchObject({ width: 1300, height: 900, channels: 1, format: 'tiff' });
    expect(job.product).toMatchObject({ kind: 'index', index: 'ndvi', rasters: 2, type: 'float32', nodata: 'nan' });
    expect(job.product).toMatchObject({ epsg: 32_616, unit: 'metre', compression: 'deflate', viewable: true });
    const seen = await site.client.fetch(`/api/v1/jobs/${job.id}/thumbnail`);
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/webp']);
    const judged = JSON.parse(await ask('index', path('ndvi.tif'), path('red.tif'), path('nir.tif'))) as Judged;
    expect(judged).toMatchObject({ warnings: [], errors: [], epsg: 32_616, origin: [400_000, 4_200_000], differ: 0 });
    expect(judged).toMatchObject({ nodata: 'nan', dtype: 'float32', overviews: [2, 4] });
    expect(judged.missing).toBeGreaterThan(50_000);
    expect(judged.tags).toMatchObject({ TESSERA_INDEX: 'ndvi', TESSERA_EXPRESSION: '(nir - red) / (nir + red)' });
    expect(JSON.parse(judged.tags.TESSERA_BANDS ?? '')).toContainEqual({
      name: 'nir',
      source: 'nir.tif',
      band: 1,
      scaling: { scale: 1, offset: 0, source: 'none' },
    });
    const listed = await site.client.json<{ products: CatalogueProduct[] }>(
      '/api/v1/catalogue/products?bbox=-90,30,-80,40',
    );
    expect(listed.body.products).toMatchObject([
      {
        ...{ kind: 'index', index: 'ndvi', epsg: 32_616, width: 1300, height: 900, shared: false, own: true },
        links: { job: `/api/v1/jobs/${job.id}`, legend: expect.stringContaining('/files/legend') as string },
      },
    ]);
    expect(listed.body.products[0]?.resolution).toBeCloseTo(30, 0);
    const { missing } = judged;
    expect(await judgePicture(job, 'ndvi.tif', stretch, 'vegetation')).toMatchObject({
      differ: 0,
      missing,
      channels: 4,
    });
  });

  it('a median composite of a window is that of numpy, whatever the order of the scenes', async () => {
    const names = Array.from({ length: 7 }, (_, scene) => `scene-${String(scene)}.tif`);
    const scenes = await Promise.all(names.map(upload));
    const digests = new Set<string | undefined>();
    let seen: JudgedPicture | undefined;
    for (const order of [scenes, scenes.toReversed()]) {
      const product = {
        kind: 'composite',
        composite: { rule: { kind: 'median-luminance' } },
        scenes: order.map(({ id }) => ({ image: id })),
        window: [130, 17, 1100, 800],
      };
      const output = { picture: {} };
      const job = await finished({ name: 'The summer', product, output }, 'median.tif');
      expect(job.result?.companions?.map(({ role }) => role)).toEqual(['manifest', 'picture']);
      seen = await judgePicture(job, 'median.tif', { kind: 'fixed', low: 0, high: 255 }, null);
      expect(job.image.name).toBe('The summer');
      digests.add(job.result?.pixelDigest);
    }
    expect(digests.size).toBe(1);
    const judged = JSON.parse(
      await ask('composite', path('median.tif'), '[130, 17, 1100, 800]', ...names.map(path)),
    ) as Judged;
    expect(judged).toMatchObject({ warnings: [], errors: [], differ: 0, dtype: 'uint8' });
    expect(judged.origin).toEqual([400_000 + 130 * 30, 4_200_000 - 17 * 30]);
    expect(judged.missing).toBeGreaterThan(100);
    expect(seen).toMatchObject({ differ: 0, missing: judged.missing, channels: 4 });
  });

  it('a picture is stretched by what numpy finds in the whole product, and its legend says so', async () => {
    const [red, nir] = [await upload('red.tif'), await upload('nir.tif')];
    const bands = { red: { raster: { image: red.id } }, nir: { raster: { image: nir.id } } };
    const wishes: readonly { palette: Palette; stretch: Stretch }[] = [
      { palette: 'viridis', stretch: { kind: 'percentiles', low: 2, high: 98 } },
      { palette: 'greys', stretch: { kind: 'extremes' } },
    ];
    const jobs = await Promise.all(
      wishes.map(async (picture) =>
        finished(
          { ...index(bands, { expression: '(nir - red) / (nir + red) * 3' }), output: { picture } },
          picture.palette,
        ),
      ),
    );
    for (const [n, { palette, stretch }] of wishes.entries()) {
      const job = jobs[n] as JobDto;
      const { companions = [] } = job.result ?? {};
      expect(companions.map(({ role }) => role)).toEqual(['picture', 'legend', 'legend-data']);
      const judged = await judgePicture(job, palette, stretch, palette);
      expect(judged).toMatchObject({ differ: 0, channels: palette === 'greys' ? 2 : 4 });
      const [picture, svg, data] = companions.map(({ url }) => url);
      const legend = legendSchema.parse(await (await site.client.fetch(data ?? '')).json());
      expect(legend).toMatchObject({ palette, low: judged.low, high: judged.high });
      const drawn = await site.client.fetch(svg ?? '');
      expect(drawn.headers.get('content-type')).toBe('image/svg+xml');
      expect(await drawn.text()).toContain('</svg>');
      const part = await site.client.fetch(picture ?? '', { headers: { range: 'bytes=1-3' } });
      expect([part.status, await part.text()]).toEqual([206, 'PNG']);
      expect(part.headers.get('content-disposition')).toContain('-picture.png');
      const tag = part.headers.get('etag') ?? '';
      expect((await site.client.fetch(picture ?? '', { headers: { 'if-none-match': tag } })).status).toBe(304);
      expect((await site.client.fetch(`/api/v1/jobs/${job.id}/result/other`)).status).toBe(404);
    }
    const { status } = await submit({ ...index(bands), output: { picture: { band: 2 } } });
    expect(status).toBe(400);
  });

  it('takes rasters that are no pictures, of strips and JPEG 2000, and computes with them only', async () => {
    const [red, nir] = [await upload('red.jp2'), await upload('nir-float.tif')];
    expect(await upload('six.tif')).toMatchObject({ format: 'raster', width: 1300, height: 900, channels: 4 });
    expect([red, nir]).toMatchObject([
      { format: 'raster', width: 1300, height: 900, channels: 1 },
      { format: 'raster', width: 1300, height: 900, channels: 1 },
    ]);
    const bare = await finished(
      {
        product: {
          kind: 'index',
          index: { index: 'ndvi' },
          bands: { red: { raster: { image: red.id } }, nir: { raster: { image: nir.id } } },
        },
      },
      'mixed.tif',
    );
    expect(bare.product).toMatchObject({ viewable: false });
    expect((await site.client.fetch(`/api/v1/jobs/${bare.id}/thumbnail`)).status).toBe(415);
    const judged = JSON.parse(await ask('index', path('mixed.tif'), path('red.jp2'), path('nir-float.tif'))) as Judged;
    expect(judged).toMatchObject({ warnings: [], errors: [], epsg: 32_616, differ: 0, missing: 0 });
    const [pipeline, output] = [[{ op: 'invert' }], { format: 'png' }];
    const refusals = [
      await site.client.post('/api/v1/jobs', { images: [red.id], pipeline, output }),
      await site.client.post('/api/v1/estimates', { images: [red.id], pipeline, output }),
      await site.client.json(`/api/v1/images/${red.id}/zoom`),
      await site.client.json(`/api/v1/images/${red.id}/thumbnail`),
    ];
    for (const { status, body } of refusals) {
      expect([status, body]).toMatchObject([
        415,
        { error: { code: 'UNSUPPORTED_FORMAT', message: 'This is a raster, not a picture: make a product of it.' } },
      ]);
    }
  });

  it('rasters of one block are put into tiles once, for all jobs, and go with their uploads', async () => {
    const [red, nir] = [await upload('large-red.jp2'), await upload('large-nir.tif')];
    const bands = { red: { raster: { image: red.id } }, nir: { raster: { image: nir.id } } };
    await finished({ ...index(bands), reuse: false }, 'large.tif');
    const judged = JSON.parse(
      await ask('index', path('large.tif'), path('large-red.jp2'), path('large-nir.tif')),
    ) as Judged;
    expect(judged).toMatchObject({ warnings: [], errors: [], epsg: 32_616, differ: 0 });
    expect(judged.missing).toBeGreaterThan(100_000);
    const copies = [red, nir].map(({ id }) => `results/${id}.tiled.tif`);
    expect(await site.keys('results/')).toEqual(expect.arrayContaining(copies));
    const { job } = (await submit({ ...index(bands), reuse: false })).body;
    expect(await site.client.ended(job.id)).toMatchObject({ state: 'done' });
    expect((await site.keys('results/')).filter((key) => key.endsWith('.tiled.tif'))).toHaveLength(2);
  });

  it('reads rasters on web servers by ranges, and only as long as they stay the same', async () => {
    const nir = await upload('nir.tif');
    const at = (name: string, host = 'scenes.example') => ({ url: `http://${host}:${String(server.port)}/${name}` });
    const ndvi = (red: object) => ({
      product: {
        kind: 'index',
        index: { index: 'ndvi' },
        bands: { red: { raster: red }, nir: { raster: { image: nir.id } } },
      },
    });
    await finished(ndvi(at('red.tif')), 'remote.tif');
    const judged = JSON.parse(await ask('index', path('remote.tif'), path('red.tif'), path('nir.tif'))) as Judged;
    expect(judged).toMatchObject({ warnings: [], errors: [], differ: 0 });
    // One for the header of each of master and window, and the tiles of the window in joined reads.
    expect(server.requests.length).toBeLessThanOrEqual(6);
    expect(server.requests[0]?.headers).toMatchObject({ 'user-agent': 'tessera' });
    const answers = [
      await submit(ndvi(at('red.tif', 'inside.example'))),
      await submit(ndvi(at('whole.tif'))),
      await submit(ndvi(at('nowhere.tif'))),
    ] as { status: number; body: unknown }[];
    expect(answers).toMatchObject([
      { status: 422, body: { error: { code: 'URL_REFUSED' } } },
      { status: 503, body: { error: { code: 'SCENE_UNAVAILABLE' } } },
      { status: 503, body: { error: { code: 'SCENE_UNAVAILABLE' } } },
    ]);
    const { body } = await submit(ndvi(at('changing.tif')));
    expect(await site.client.ended(body.job.id)).toMatchObject({
      state: 'failed',
      error: { code: 'SCENE_UNAVAILABLE' },
    });
  });

  it('a scene of a composite that changes meanwhile fails it, or is told of where that is allowed', async () => {
    const red = await upload('red.tif');
    const changing = { url: `http://scenes.example:${String(server.port)}/changing.tif` };
    const composite = (scenes: readonly object[], more: object = {}) => ({
      product: { kind: 'composite', composite: { rule: { kind: 'max' } }, bands: [1], scenes, ...more },
    });
    const manifestOf = async ({ result }: JobDto) => {
      const url = result?.companions?.find(({ role }) => role === 'manifest')?.url ?? '';
      return completenessSchema.parse(await (await site.client.fetch(url)).json());
    };
    const scenes = [changing, { image: red.id }];
    const { body } = await submit(composite(scenes));
    expect(await site.client.ended(body.job.id)).toMatchObject({
      state: 'failed',
      error: { code: 'SCENE_UNAVAILABLE' },
    });
    const partial = await finished(composite(scenes, { allowMissing: true }), 'partial.tif');
    const whole = await finished(composite([{ image: red.id }], { allowMissing: true }), 'whole.tif');
    expect(partial.result?.pixelDigest).toBe(whole.result?.pixelDigest);
    expect(await manifestOf(partial)).toMatchObject({
      partial: true,
      windows: [{ scenes: [1], missing: [{ scene: 0, code: 'SCENE_UNAVAILABLE' }] }],
    });
    expect(await manifestOf(whole)).toMatchObject({ partial: false, windows: [{ scenes: [0], missing: [] }] });
    const told = async (name: string) =>
      /TESSERA_COMPLETENESS"[^>]*>(\w+)</.exec(await readFile(path(name), 'latin1'))?.[1];
    expect([await told('partial.tif'), await told('whole.tif')]).toEqual(['partial', 'whole']);
  });

  it('says what can not be computed before any work is done', async () => {
    const [red, scene] = [await upload('red.tif'), await upload('scene-0.tif')];
    const band = (image: string, more: object = {}) => ({ raster: { image }, ...more });
    const refused = async (body: unknown): Promise<readonly [number, string, string]> => {
      const { status, body: answer } = await site.client.post('/api/v1/products', body);
      return [status, answer.error.code, JSON.stringify(answer.error)];
    };
    expect(await refused(index({ red: band(red.id) }))).toEqual([400, 'BAD_REQUEST', expect.stringContaining('nir')]);
    expect(await refused(index({ red: band(red.id), nir: band('nobody') }))).toEqual([
      404,
      'NOT_FOUND',
      expect.stringContaining('nobody'),
    ]);
    expect(await refused(index({ red: band(red.id), nir: band(scene.id, { band: 4 }) }))).toEqual([
      400,
      'BAD_REQUEST',
      expect.stringContaining('scene-0.tif has no band 4'),
    ]);
    expect(await refused(index({ x: band(red.id) }, { expression: 'x + (' }))).toEqual([
      422,
      'INVALID_EXPRESSION',
      expect.anything(),
    ]);
    const composite = { kind: 'composite', composite: { rule: { kind: 'median-luminance' } }, bands: [1, 2] };
    expect(await refused({ product: { ...composite, scenes: [{ image: scene.id }] } })).toEqual([
      400,
      'BAD_REQUEST',
      expect.stringContaining('three bands'),
    ]);
    expect(await refused(index({ red: band(red.id), nir: band(red.id) }, { index: 'savi' }))).toEqual([
      400,
      'BAD_REQUEST',
      expect.stringContaining('reflectances'),
    ]);
  });
});
