import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  completenessSchema,
  type Completeness,
  type JobDto,
  type MosaicCollectionList,
  type MosaicCreated,
} from '@tessera/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { long } from '../../../../tests/services/long.ts';
import { runCommand } from '../../../../tests/services/run-command.ts';
import { StacServer } from '../../../../tests/services/stac-server.ts';
import { SCENES_COLLECTION, ScenesServer } from '../testing/scenes-server.ts';
import { startTestParts, type TestParts } from '../testing/test-parts.ts';
import { TestSite } from '../testing/test-site.ts';

const ORACLE = fileURLToPath(new URL('./oracle.py', import.meta.url));
const ask = (...args: readonly string[]): Promise<string> =>
  runCommand('/usr/bin/python3', ['-W', 'ignore', ORACLE, ...args]);

/** Within the scenes, so that all of it is covered. */
const CORNERS = [
  [-87.42, 30.71],
  [-87.37, 30.755],
];
const SUMMER = { from: '2021-06-01', to: '2021-07-31' };

interface Judged {
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly epsg: number;
  /** In degrees. */
  readonly bounds: readonly [number, number, number, number];
  readonly resolution: number;
  readonly size: readonly number[];
  /** Pixels that only one of both has. */
  readonly validity: number;
  readonly given: number;
  readonly missing: number;
  readonly differ: number;
  readonly most: number;
  /** Pixels that the first rule takes of each scene. */
  readonly of: readonly number[];
}

/** Both know the same scenes; the real one takes seconds to start. */
const CATALOGUES = ['a small catalogue', ...(long ? ['stac-fastapi'] : [])];

describe.each(CATALOGUES)('mosaics of %s', (catalogue) => {
  let parts: TestParts;
  let site: TestSite;
  let scenes: ScenesServer;
  let real: StacServer | undefined;
  let folder: string;
  const path = (name: string): string => join(folder, name);

  const wish = (more: object = {}) => ({
    corners: CORNERS,
    dateRange: SUMMER,
    collection: 'landsat',
    what: { index: 'ndvi' },
    ...more,
  });
  const submit = (body: unknown) => site.client.post<MosaicCreated>('/api/v1/mosaics', body);
  const refused = async (body: unknown) => {
    const { status, body: answer } = (await submit(body)) as unknown as { status: number; body: { error: object } };
    return { status, ...answer.error };
  };

  const finished = async (body: unknown, name: string) => {
    const { status, body: answer } = await submit(body);
    expect(status, JSON.stringify(answer)).toBe(202);
    const job = await site.client.ended(answer.job.id);
    expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done' });
    const response = await site.client.fetch(job.result?.url ?? '');
    await writeFile(path(name), Buffer.from(await response.arrayBuffer()));
    return { job, ids: answer.scenes.map(({ id }) => id), manifest: await manifestOf(job) };
  };
  const manifestOf = async (job: JobDto): Promise<Completeness> => {
    const url = job.result?.companions?.find(({ role }) => role === 'manifest')?.url ?? '';
    const response = await site.client.fetch(url);
    expect(response.headers.get('content-type')).toContain('application/json');
    return completenessSchema.parse(await response.json());
  };
  const judge = async (name: string, scenes: readonly string[], more: object = {}): Promise<Judged> => {
    const asked = { scenes, bands: ['nir', 'red'], rule: 'first', resampling: 'bilinear', index: true, ...more };
    return JSON.parse(await ask('judge', path(name), folder, JSON.stringify(asked))) as Judged;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-mosaics-'));
    scenes = await ScenesServer.start(folder, await ask('make', folder));
    if (catalogue === 'stac-fastapi') {
      real = await StacServer.start();
      await real.fill(SCENES_COLLECTION, scenes.items);
    }
    parts = await startTestParts();
    site = await TestSite.start(parts, {
      slots: 2,
      environment: {
        ...scenes.settings,
        STAC_ENDPOINTS: `here=${real?.url ?? scenes.stac},gone=http://127.0.0.1:9/`,
        MOSAIC_MAX_PIXELS: '2000000',
        MOSAIC_MAX_SCENES: '3',
      },
      urls: scenes.access,
    });
  });
  afterAll(async () => {
    await site.close();
    await scenes.close();
    await real?.stop();
    await parts.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('NDVI of the newest scene that has a pixel is that of rasterio and numpy, over two UTM zones', async () => {
    const output = { picture: { palette: 'vegetation', stretch: { kind: 'fixed', low: -1, high: 1 } } };
    const { job, ids, manifest } = await finished(wish({ output, endpoint: 'here' }), 'ndvi.tif');
    expect(ids).toEqual(['newest', 'beside', 'oldest']);
    expect(job.result?.companions?.map(({ role }) => role)).toEqual(['manifest', 'picture', 'legend', 'legend-data']);
    const judged = await judge('ndvi.tif', ids);
    // Two zones: that of the middle is taken.
    expect(judged).toMatchObject({ warnings: [], errors: [], epsg: 32_616, resolution: 30, validity: 0, missing: 0 });
    expect(judged.differ / judged.given).toBeLessThan(0.001);
    expect(judged.most).toBeLessThan(0.001);
    expect(judged.bounds[0]).toBeLessThanOrEqual(-87.42);
    expect(judged.bounds[3]).toBeGreaterThanOrEqual(30.755);
    expect(judged.tags).toMatchObject({
      TESSERA_INDEX: 'ndvi',
      TESSERA_SCENES: '3',
      TESSERA_COMPLETENESS: 'whole',
      TESSERA_TIME: '2021-06-01T16:00:00.000Z/2021-07-03T16:00:00.000Z',
    });
    expect(manifest).toMatchObject({ partial: false, windows: [{ x: 0, y: 0, missing: [] }] });
    // The newest gives most, its neighbour the rest: nothing is left for the oldest.
    expect(judged.of[2]).toBe(0);
    expect(manifest.windows[0]?.scenes).toEqual([0, 1]);
    expect(manifest.scenes.map(({ name, windows }) => [name, windows])).toEqual([
      ['newest', [0]],
      ['beside', [0]],
      ['oldest', []],
    ]);
  });

  it('colours of the median, of samples as they are, on a grid that was asked for', async () => {
    const more = {
      what: 'rgb',
      rule: 'median',
      epsg: 3857,
      resolution: 40,
      resampling: 'cubic',
      output: { picture: {} },
    };
    const { job, ids } = await finished(wish(more), 'rgb.tif');
    const judged = await judge('rgb.tif', ids, { ...more, bands: ['red', 'green', 'blue'], index: false });
    expect(judged).toMatchObject({ warnings: [], errors: [], epsg: 3857, resolution: 40, validity: 0 });
    // Of halves, which are rounded, some are a little less in one of both.
    expect(judged.most).toBeLessThanOrEqual(1);
    expect(judged.differ / judged.given).toBeLessThan(0.004);
    expect(job.result).toMatchObject({ channels: 3 });
  });

  it('across the antimeridian, of scenes on both sides, whichever way it is named', async () => {
    const more = { bbox: [179.97, -17.02, -179.97, -16.98], corners: undefined };
    const { ids } = await finished(wish(more), 'across.tif');
    expect(ids).toEqual(['across', 'behind']);
    const judged = await judge('across.tif', ids);
    expect(judged).toMatchObject({ warnings: [], errors: [], epsg: 32_701, validity: 0, missing: 0 });
    expect(judged.most).toBeLessThan(0.001);
    expect(Math.min(...judged.of)).toBeGreaterThan(0);
    const corners = [
      [-179.97, -16.98],
      [179.97, -17.02],
    ];
    const { body } = await submit(wish({ corners }));
    expect(body.job.output).toMatchObject({ width: judged.size[0], height: judged.size[1] });
    await site.client.ended(body.job.id);
  });

  it('where offsets differ, reflectances are mosaicked; the least cloudy scene is asked first', async () => {
    const more = { dateRange: { from: '2020-01-01', to: '2021-06-30' }, rule: 'least-cloudy', resampling: 'nearest' };
    const { ids, manifest } = await finished(wish({ ...more, bbox: CORNERS.flat(), corners: undefined }), 'mixed.tif');
    expect(ids).toEqual(['other', 'beside', 'oldest']);
    const judged = await judge('mixed.tif', ids, more);
    expect(judged).toMatchObject({ errors: [], validity: 0, differ: 0 });
    expect(manifest.scenes[0]?.scalings).toMatchObject({ red: { scale: 0.0001, offset: -0.1, source: 'stac' } });
    const { body } = await submit(wish({ ...more, maxCloudCover: 10 }));
    expect(body.scenes.map(({ id }) => id)).toEqual(['other', 'beside']);
    await site.client.ended(body.job.id);
  });

  it('what can not be made is refused before any work', async () => {
    const cases = [
      [wish({ corners: [CORNERS[0], CORNERS[0]] }), 422, 'INVALID_AREA'],
      [wish({ corners: undefined, bbox: [10, 1, 5, 2] }), 422, 'INVALID_AREA'],
      [wish({ corners: undefined }), 400, 'BAD_REQUEST'],
      [
        wish({
          corners: [
            [-190, 0],
            [0, 1],
          ],
        }),
        400,
        'BAD_REQUEST',
      ],
      [wish({ dateRange: { from: '2021-07-01', to: '2021-06-01' } }), 400, 'BAD_REQUEST'],
      [wish({ resolution: 1, epsg: 32_616 }), 422, 'AREA_TOO_LARGE'],
      [wish({ epsg: 27_700 }), 400, 'BAD_REQUEST'],
      [wish({ endpoint: 'here', collection: 'unknown' }), 404, 'NOT_FOUND'],
      // More than half the earth, whichever way round; systems of other datums, whose grids are not here.
      [wish({ corners: undefined, bbox: [179, 10, -179, 11], epsg: 3857, resolution: 100 }), 422, 'INVALID_AREA'],
      [wish({ corners: undefined, bbox: [-170, -10, 170, 10] }), 422, 'INVALID_AREA'],
      [wish({ epsg: 31_467 }), 400, 'BAD_REQUEST'],
      [wish({ epsg: 4277 }), 400, 'BAD_REQUEST'],
      [wish({ endpoint: 'nowhere' }), 404, 'NOT_FOUND'],
      [wish({ endpoint: 'gone' }), 503, 'CATALOGUE_UNAVAILABLE'],
      [wish({ dateRange: { from: '1999-07-01', to: '1999-07-02' } }), 422, 'NOTHING_FOUND'],
      [wish({ dateRange: { from: '2020-01-01', to: '2021-12-31' } }), 422, 'TOO_MANY_SCENES'],
      [wish({ what: { expression: 'red +' } }), 422, 'INVALID_EXPRESSION'],
      [wish({ what: { index: 'ndsi' } }), 400, 'BAD_REQUEST'],
    ] as const;
    for (const [body, status, code] of cases) {
      expect(await refused(body), JSON.stringify(body)).toMatchObject({ status, code });
    }
  });

  it('a scene that is gone fails the job, or is told of where that is allowed', async () => {
    scenes.broken.set('newest-nir.tif', 404);
    try {
      expect(await refused(wish())).toMatchObject({ status: 503, code: 'SCENE_UNAVAILABLE' });
      const { ids, manifest } = await finished(wish({ allowMissing: true }), 'partial.tif');
      expect(manifest.partial).toBe(true);
      expect(manifest.windows[0]?.missing).toMatchObject([{ scene: 0, code: 'SCENE_UNAVAILABLE' }]);
      const judged = await judge('partial.tif', ids.slice(1));
      expect(judged).toMatchObject({ errors: [], validity: 0 });
      expect(judged.most).toBeLessThan(0.001);
      expect(judged.tags.TESSERA_COMPLETENESS).toBe('partial');
    } finally {
      scenes.broken.clear();
    }
  });

  it('collections of all catalogues are listed, and those that do not answer', async () => {
    const { status, body } = await site.client.json<MosaicCollectionList>('/api/v1/mosaics/collections');
    expect(status).toBe(200);
    expect(body).toMatchObject({ unavailable: ['gone'], maxPixels: 2_000_000 });
    expect(body.collections).toMatchObject([
      { id: 'landsat', endpoint: 'here', title: 'Landsat 8', bbox: [-88, 30, -87, 31], to: null },
    ]);
  });
});
