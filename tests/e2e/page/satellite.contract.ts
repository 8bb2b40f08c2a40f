import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobDto, MosaicCreated } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScenesServer } from '../../../components/master/src/testing/scenes-server.ts';
import type { KnownHosts } from '../../cluster/known-hosts.ts';
import { SiteClient } from '../../cluster/site-client.ts';
import { runCommand } from '../../services/run-command.ts';
import type { BreakableSite } from '../breakable-site.ts';
import { long } from '../long.ts';
import { tessera } from '../run-tessera.ts';
import { cookieOf, launchBrowser, visit } from './browser.ts';
import { pixelsOf, seenValue, stage, waitForPicture } from './map.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const python = (script: string, ...args: readonly string[]): Promise<string> =>
  runCommand('/usr/bin/python3', ['-W', 'ignore', join(root, script), ...args]);
const INDEX = 'components/master/src/products/oracle.py';
const MOSAICS = 'components/master/src/mosaics/oracle.py';
const OWN = 'tests/e2e/satellite-oracle.py';
const SCENES = 24;
/** Of the first machines that a browser meets. */
const MACHINE_HUES = ['#56B4E9', '#E69F00'];

export type StartSite = (settings?: Readonly<Record<string, string>>, hosts?: KnownHosts) => Promise<BreakableSite>;

/** All that satellite imagery is for, by page and command line, with values compared to those of rasterio and numpy. */
export function satelliteContract(name: string, startSite: StartSite): void {
  describe.runIf(long)(`satellite imagery (${name})`, () => {
    let folder: string;
    let scenesFolder: string;
    let scenes: ScenesServer;
    let site: BreakableSite;
    let browser: Browser;
    let client: SiteClient;
    const path = (file: string): string => join(folder, file);
    const open = async (address: string, options = {}): Promise<Awaited<ReturnType<typeof visit>>> => {
      const seen = await visit(browser, { reducedMotion: 'reduce', ...options });
      await seen.context.addCookies([cookieOf(client.cookie, site.url)]);
      await seen.page.goto(site.url + address);
      return seen;
    };
    const productOf = (page: Page): string => new URL(page.url()).searchParams.get('product') ?? '';
    /** Waits for a product on the map, and saves its file. */
    const save = async (page: Page, file: string): Promise<JobDto> => {
      await waitForPicture(page);
      const job = await client.ended(productOf(page));
      expect(job, JSON.stringify(job.error)).toMatchObject({ state: 'done' });
      await writeFile(path(file), Buffer.from(await (await client.call(`/jobs/${job.id}/result`)).arrayBuffer()));
      return job;
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tessera-satellite-'));
      await python('tests/e2e/landsat-bands.py', folder);
      scenesFolder = await mkdtemp(join(folder, 'scenes-'));
      scenes = await ScenesServer.start(scenesFolder, await python(MOSAICS, 'make', scenesFolder));
      [site, browser] = await Promise.all([
        startSite(scenes.settings, { 'scenes.example': '127.0.0.1' }),
        launchBrowser(),
      ]);
      client = new SiteClient(site.url);
      await client.json('/jobs');
    });
    afterAll(async () => {
      await Promise.all([browser.close(), site.stop(), scenes.close()]);
      await rm(folder, { recursive: true, force: true });
    });

    it.each([
      ['ndvi', 'NDVI', { red: 'red.tif', nir: 'nir.tif' }],
      ['ndsi', 'NDSI', { green: 'green.tif', swir1: 'swir1.tif' }],
    ] as const)(
      '%s of Landsat by page and by command line is that of rasterio and numpy',
      async (index, title, bands) => {
        const { page, complaints } = await open('/map?tab=make');
        await page.getByLabel('Index', { exact: true }).selectOption({ label: title });
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Choose band files' }).click();
        await (await chooser).setFiles(Object.values(bands).map(path));
        await page.getByRole('button', { name: 'Make it' }).click();
        await page.waitForURL(/product=/);
        await save(page, `${index}-page.tif`);

        const flags = Object.entries(bands).flatMap(([role, file]) => [`--${role}`, path(file)]);
        const run = await tessera(index, ...flags, '-o', path(`${index}.tif`), '--server', site.url);
        expect(run.code, run.stderr).toBe(0);
        const [low = '', high = ''] = index === 'ndvi' ? ['red.tif', 'nir.tif'] : ['swir1.tif', 'green.tif'];
        for (const file of [`${index}-page.tif`, `${index}.tif`]) {
          const judged = JSON.parse(await python(INDEX, 'index', path(file), path(low), path(high))) as object;
          expect(judged).toMatchObject({ warnings: [], errors: [], differ: 0, dtype: 'float32', epsg: 32_616 });
        }
        expect(complaints).toEqual([]);
      },
    );

    it('the median of a year, window by window over the grid, is that of numpy', { timeout: 400_000 }, async () => {
      await python(OWN, 'year', folder, String(SCENES));
      const args = ['--scenes', path('scene-*.tif'), '-o', path('year.tif'), '--server', site.url, '--json'];
      const run = await tessera('median', ...args);
      expect(run.code, run.stderr).toBe(0);
      const { job } = JSON.parse(run.stdout) as { job: string };
      const windows = (await client.tasks(job)).filter(({ kind }) => kind === 'window');
      expect(windows.length).toBeGreaterThan(1);
      const files = Array.from({ length: SCENES }, (_, n) => path(`scene-${String(n).padStart(3, '0')}.tif`));
      expect(await python(OWN, 'median', path('year.tif'), ...files)).toBe('0\n');
      expect(await python(OWN, 'valid', path('year.tif'))).toBe('[]\n');
    });

    it.each([
      ['', 'lon=-87.4&lat=30.735', ['newest', 'beside', 'oldest']],
      [' across the antimeridian', 'lon=180&lat=-17', ['across', 'behind']],
    ])('a mosaic by two corners on the map%s is that of rasterio', async (_where, place, named) => {
      const { page, complaints } = await open(`/map?tab=mosaic&${place}&zoom=13`);
      await page.getByRole('button', { name: 'Draw two corners' }).click();
      const box = await stage(page).boundingBox();
      if (!box) throw new Error('no stage');
      await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.35);
      await page.getByText('Now the opposite corner.').waitFor();
      await page.mouse.click(box.x + box.width * 0.62, box.y + box.height * 0.62);
      await page.getByText(/^About .* km²/).waitFor();
      await page.getByLabel('From', { exact: true }).fill('2021-06-01');
      await page.getByLabel('To', { exact: true }).fill('2021-07-31');
      await page.getByLabel('What', { exact: true }).selectOption('ndvi');
      await page.getByLabel('Clouds, % at most').fill('60');
      await page.getByRole('button', { name: 'Make the mosaic' }).click();
      await page.waitForURL(/product=/);
      const job = await save(page, 'mosaic.tif');
      expect(job.product?.kind).toBe('mosaic');
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      expect(Number((await seenValue(page)).values[0])).toBeGreaterThan(-1);
      const wish = { bands: ['nir', 'red'], rule: 'first', resampling: 'bilinear', index: true };
      const asked = JSON.stringify({ ...wish, scenes: named });
      const judged = JSON.parse(await python(MOSAICS, 'judge', path('mosaic.tif'), scenesFolder, asked)) as {
        most: number;
      };
      expect(judged).toMatchObject({ warnings: [], errors: [], validity: 0 });
      expect(judged.most).toBeLessThan(0.001);
      expect(complaints).toEqual([]);
    });

    it('windows under way are drawn in the colour of whoever works on each', async () => {
      // Until it is let go nobody gets a sample, so that every machine has a window under way.
      const held = Promise.withResolvers<undefined>();
      scenes.held = held.promise;
      try {
        const { job } = await client.json<MosaicCreated>('/mosaics', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            bbox: [-87.42, 30.71, -87.37, 30.755],
            dateRange: { from: '2021-06-01', to: '2021-07-31' },
            collection: 'landsat',
            what: { index: 'ndvi' },
            resolution: 3,
          }),
        });
        const { page, complaints } = await open(`/map?product=${job.id}`);
        const machines = page.getByRole('region', { name: 'Windows under way' }).getByRole('listitem');
        await expect.poll(() => machines.count()).toBe(site.machines);
        const letters = ['A', 'B'].slice(0, site.machines);
        for (const [n, letter] of letters.entries()) {
          const words = machines.nth(n);
          await expect.poll(() => words.innerText()).toMatch(/[1-9]\d* under way, 0 done/);
          expect(await words.innerText()).toMatch(new RegExp(`^${letter}`));
        }
        await expect
          .poll(async () => (await pixelsOf(page, MACHINE_HUES)).map((pixels) => pixels > 200))
          .toEqual(MACHINE_HUES.map((_, n) => n < site.machines));
        held.resolve(undefined);
        await waitForPicture(page);
        const windows = (await client.tasks(job.id)).filter(({ kind }) => kind === 'window');
        expect(new Set(windows.map(({ executor }) => executor)).size).toBe(site.machines);
        expect(complaints).toEqual([]);
      } finally {
        held.resolve(undefined);
      }
    });

    it('what is shared is seen by others, products of any compression and entries on the map', async () => {
      const bands = await Promise.all(
        ['red', 'nir'].map(async (band) => client.upload(await readFile(path(`${band}.tif`)), `${band}.tif`)),
      );
      const [red = '', nir = ''] = bands;
      const { job } = await client.json<{ job: JobDto }>('/products', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'Green and tight',
          product: {
            kind: 'index',
            index: { index: 'ndvi' },
            bands: { red: { raster: { image: red } }, nir: { raster: { image: nir } } },
          },
          output: { compression: 'zstd' },
        }),
      });
      await client.ended(job.id);
      const { page, complaints } = await open(`/map?product=${job.id}`);
      await waitForPicture(page);
      await page.getByRole('switch', { name: 'Everybody may see it' }).press('Space');
      await expect.poll(() => page.getByRole('switch', { name: 'Everybody may see it' }).isChecked()).toBe(true);

      // A point by the keyboard alone, and an image by two corners.
      await page.getByText('Shared', { exact: true }).click();
      await page.getByRole('button', { name: 'Add an entry' }).click();
      await page.getByLabel('Name').fill('Gauge');
      await page.getByRole('button', { name: 'Choose it on the map' }).press('Enter');
      await stage(page).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Save' }).press('Enter');
      await page.getByRole('button', { name: /^Gauge/ }).waitFor();
      await page.getByRole('button', { name: 'Add an entry' }).click();
      await page.getByText('Image', { exact: true }).click();
      await page.getByLabel('Name').fill('Old map');
      await page.getByRole('button', { name: 'What is in sight' }).click();
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Choose an image' }).click();
      await (await chooser).setFiles(join(root, 'fixtures/photos/chelsea.png'));
      const drawn = page.waitForResponse((answer) => /entries\/[^/]+\/image$/.test(answer.url()));
      await page.getByRole('button', { name: 'Save' }).click();
      expect((await drawn).status()).toBe(200);
      expect(complaints).toEqual([]);

      const stranger = await visit(browser, { reducedMotion: 'reduce' });
      await stranger.page.goto(`${site.url}/map?tab=shared`);
      await stranger.page.getByRole('button', { name: /^Old map/ }).waitFor();
      await stranger.page.getByLabel('Search by name or creator').fill('tight');
      await stranger.page.getByText('There are no entries yet.').waitFor();
      await stranger.page.getByRole('button', { name: /^Green and tight/ }).click();
      await waitForPicture(stranger.page);
      expect(stranger.complaints).toEqual([]);
    });
  });
}
