import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../services/run-command.ts';
import { startEmbeddedSite } from './embedded-site.ts';
import { ScenesServer } from '../../components/master/src/testing/scenes-server.ts';
import { long } from './long.ts';
import type { Site } from './site.contract.ts';
import { tessera } from './run-tessera.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const python = (script: string, ...args: readonly string[]): Promise<string> =>
  runCommand('/usr/bin/python3', [join(root, script), ...args]);
const MOSAICS = 'components/master/src/mosaics/oracle.py';
const ORACLE = 'components/master/src/products/oracle.py';

/** Prints how many samples of sum.tif are not those of numpy. */
const SUM = `
import sys, numpy, rasterio
r, n, found = (rasterio.open(f'{sys.argv[1]}/{name}.tif').read(1) for name in ('red', 'nir', 'sum'))
r, n = (r * 0.5).astype('float32'), (n * 0.5 - 2).astype('float32')
print((found != n + r / numpy.float32(4)).sum())
`;

/** What rasterio, numpy and GDAL's validator say of a product. */
interface Judged {
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  /** Samples that are not those of numpy. */
  readonly differ: number;
  readonly dtype: string;
  readonly epsg: number;
}

interface MosaicJudged extends Pick<Judged, 'errors' | 'epsg'> {
  /** Pixels that only one of both has. */
  readonly validity: number;
  readonly most: number;
}

describe('products by the command line', () => {
  let folder: string;
  let site: Site;
  let scenes: ScenesServer;
  const path = (name: string): string => join(folder, name);
  const judge = async (...args: readonly string[]): Promise<Judged> =>
    JSON.parse(await python(ORACLE, ...args)) as Judged;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-cli-products-'));
    await python(ORACLE, 'make', folder);
    // The scenes' maker writes bands of these names as well.
    await python('tests/e2e/landsat-bands.py', folder);
    scenes = await ScenesServer.start(folder, await python(MOSAICS, 'make', folder));
    site = await startEmbeddedSite(scenes.settings, { 'scenes.example': '127.0.0.1' });
  });
  afterAll(async () => {
    await site.stop();
    await scenes.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('NDVI of Landsat bands on a site is that of numpy to the last bit, and is never overwritten unasked', async () => {
    const bands = ['--red', path('red.tif'), '--nir', `${path('nir.tif')}:1`];
    const args = ['ndvi', ...bands, '-o', path('ndvi.tif'), '--server', site.url];
    const run = await tessera(...args, '--json', '--progress', 'json');
    expect(run.code, run.stderr).toBe(0);
    const report = JSON.parse(run.stdout) as Record<string, unknown>;
    expect(report).toMatchObject({ end: 'done', output: path('ndvi.tif'), width: 224, height: 208 });
    expect(run.stderr).toContain('"phase":"uploading"');
    expect(await judge('index', path('ndvi.tif'), path('red.tif'), path('nir.tif'))).toMatchObject({
      warnings: [],
      errors: [],
      differ: 0,
      dtype: 'float32',
      epsg: 32_616,
    });

    const made = await readFile(path('ndvi.tif'));
    const again = await tessera(...args);
    expect([again.code, again.stdout, again.stderr]).toEqual([4, '', expect.stringContaining('--overwrite')]);
    const replaced = await tessera(...args, '--overwrite', '--progress', 'none');
    expect([replaced.code, replaced.stdout]).toEqual([0, `${path('ndvi.tif')}\n`]);
    expect(made.equals(await readFile(path('ndvi.tif')))).toBe(true);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('NDSI needs no site, and has the samples of NDVI’s way', async () => {
    const bands = ['--green', path('green.tif'), '--swir1', path('swir1.tif'), '--compression', 'zstd'];
    const run = await tessera('ndsi', ...bands, '-o', path('made/ndsi.tif'));
    expect([run.code, run.stdout], run.stderr).toEqual([0, `${path('made/ndsi.tif')}\n`]);
    expect(await judge('index', path('made/ndsi.tif'), path('swir1.tif'), path('green.tif'))).toMatchObject({
      errors: [],
      differ: 0,
    });
  });

  it.runIf(long)('the median of the scenes that a pattern finds', async () => {
    const window = ['--window', '130,17,600,500'];
    const args = ['--scenes', path('scene-[0-4].tif'), ...window, '-o', path('median.tif'), '--server', site.url];
    const run = await tessera('median', ...args);
    expect([run.code, run.stdout], run.stderr).toEqual([0, `${path('median.tif')}\n`]);
    expect(run.stderr).toContain(`${site.url}/jobs/`);
    const scenes = [0, 1, 2, 3, 4].map((scene) => path(`scene-${String(scene)}.tif`));
    expect(await judge('composite', path('median.tif'), '[130, 17, 600, 500]', ...scenes)).toMatchObject({
      errors: [],
      differ: 0,
      dtype: 'uint8',
    });
  });

  it.runIf(long)('band math with constants, each band scaled by itself', async () => {
    const bands = ['--band', `n=${path('nir.tif')}`, '--band', `r=${path('red.tif')}`];
    const scaling = ['--scale', '0.5', '--offset', 'n=-2'];
    const args = [...bands, ...scaling, '-o', path('sum.tif'), '--server', site.url];
    const run = await tessera('band-math', 'n + r / 4', ...args);
    expect(run.code, run.stderr).toBe(0);
    expect(await runCommand('/usr/bin/python3', ['-c', SUM, folder])).toBe('0\n');
  });

  it('a mosaic of the scenes that a catalogue has for two corners and a time', async () => {
    const area = ['--bbox=-87.42,30.71,-87.37,30.755', '--from', '2021-06-01', '--to', '2021-07-31'];
    const args = [...area, '--collection', 'landsat', '--index', 'ndvi', '--server', site.url];
    const run = await tessera('mosaic', ...args, '-o', path('mosaic.tif'));
    expect([run.code, run.stdout], run.stderr).toEqual([0, `${path('mosaic.tif')}\n`]);
    const wish = { bands: ['nir', 'red'], rule: 'first', resampling: 'bilinear', index: true };
    const asked = JSON.stringify({ ...wish, scenes: ['newest', 'beside', 'oldest'] });
    const judged = JSON.parse(await python(MOSAICS, 'judge', path('mosaic.tif'), folder, asked)) as MosaicJudged;
    expect(judged).toMatchObject({ errors: [], validity: 0, epsg: 32_616 });
    expect(judged.most).toBeLessThan(0.001);
    const none = await tessera('mosaic', ...args.with(2, '2022-06-01').with(4, '2022-06-02'), '-o', path('none.tif'));
    expect([none.code, none.stderr]).toEqual([4, expect.stringContaining('NOTHING_FOUND')]);
  });

  it.runIf(long)('errors of a site name the next step, as JSON too', async () => {
    const bands = ['--red', path('red.tif'), '--nir', path('nir.tif')];
    const savi = await tessera('savi', ...bands, '-o', path('savi.tif'), '--server', site.url, '--json');
    expect([savi.code, savi.stderr]).toEqual([2, expect.stringContaining('--scale')]);
    const told = JSON.parse(savi.stdout) as { readonly error: unknown };
    expect(told.error).toMatchObject({ code: 'BAD_REQUEST', hint: expect.stringContaining('Landsat') as string });

    await writeFile(path('text.tif'), 'this is no raster');
    const broken = await tessera('ndvi', ...bands.with(1, path('text.tif')), '-o', path('y.tif'), '--server', site.url);
    expect([broken.code, broken.stderr]).toEqual([4, expect.stringContaining('gdal_translate')]);
  });
});
