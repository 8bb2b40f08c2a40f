import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { JobDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { runCommand } from '../../services/run-command.ts';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { cookieOf, launchBrowser, visit } from './browser.ts';
import { colouredPixels, seenValue, stage, waitForPicture, type SeenValue } from './map.ts';
import { WCAG } from './wcag.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const python = (script: string, ...args: readonly string[]): Promise<string> =>
  runCommand('/usr/bin/python3', [join(root, script), ...args]);

/** What a visitor may expect of the map. */
export function mapContract(name: string, startSite: () => Promise<Site>): void {
  describe(`the map (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let folder: string;
    let client: SiteClient;
    const ids = new Map<string, string>();
    const path = (file: string): string => join(folder, file);

    /** Makes an index of the Landsat bands by the API. */
    const product = async (index: string, bands: Readonly<Record<string, string>>, output = {}): Promise<JobDto> => {
      for (const file of Object.values(bands)) {
        if (!ids.has(file)) ids.set(file, await client.upload(await readFile(path(`${file}.tif`)), `${file}.tif`));
      }
      const wished = Object.entries(bands).map(([role, file]) => [role, { raster: { image: ids.get(file) } }]);
      const body = {
        product: { kind: 'index', index: { index }, bands: Object.fromEntries(wished) as object },
        output,
      };
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const { job } = await client.json<{ job: JobDto }>('/products', init);
      return client.ended(job.id);
    };
    const open = async (address: string, options = {}): Promise<Awaited<ReturnType<typeof visit>>> => {
      const seen = await visit(browser, options);
      await seen.context.addCookies([cookieOf(client.cookie, site.url)]);
      await seen.page.goto(site.url + address);
      return seen;
    };
    /** The value that the page shows equals what rasterio finds there in the file that the site gives. */
    const expectTruth = async (job: string, { lon, lat, values }: SeenValue): Promise<void> => {
      const file = path(`${job}.tif`);
      await writeFile(file, Buffer.from(await (await client.call(`/jobs/${job}/result`)).arrayBuffer()));
      const truth = Number(await python('tests/e2e/page/map-oracle.py', file, String(lon), String(lat)));
      expect(Number(values[0])).toBeCloseTo(truth, 6);
    };
    const violations = async (page: Page): Promise<readonly string[]> => {
      const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
      return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'tessera-map-'));
      [site, browser] = await Promise.all([startSite(), launchBrowser(), python('tests/e2e/landsat-bands.py', folder)]);
      client = new SiteClient(site.url);
      // A visitor of the API and of the page in one.
      await client.json('/jobs');
    });
    afterAll(async () => {
      await Promise.all([browser.close(), site.stop()]);
      await rm(folder, { recursive: true, force: true });
    });

    it('makes an index of band files on the page, and tells its values by pointer and by keys', async () => {
      const { page, complaints, hosts } = await open('/map?tab=make');
      const button = page.getByRole('button', { name: 'Choose band files' });
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
      await chooser.setFiles([path('red.tif'), path('nir.tif')]);
      expect(await page.getByLabel('Near infrared').inputValue()).toBe('1');
      await page.getByRole('button', { name: 'Make it' }).click();
      await page.waitForURL(/product=/);
      const job = new URL(page.url()).searchParams.get('product') ?? '';
      await waitForPicture(page);

      const box = await stage(page).boundingBox();
      if (!box) throw new Error('no stage');
      await page.mouse.move(box.x + box.width * 0.47, box.y + box.height * 0.44);
      const pointed = await seenValue(page);
      await expectTruth(job, pointed);
      await page.mouse.move(2, 2);
      await stage(page).focus();
      await page.keyboard.press('ArrowRight');
      const crossed = await seenValue(page, pointed);
      await page.keyboard.press('ArrowRight');
      const moved = await seenValue(page, crossed);
      expect(moved.lon).toBeGreaterThan(crossed.lon);
      await expectTruth(job, moved);
      await page
        .getByRole('status')
        .filter({ hasText: moved.values[0] ?? 'nothing' })
        .waitFor();
      expect([complaints, [...hosts]]).toEqual([[], [new URL(site.url).host]]);
    });

    it('compares two products by a handle that keys move, and keeps what is seen in its address', async () => {
      const [ndvi, ndsi] = await Promise.all([
        product('ndvi', { red: 'red', nir: 'nir' }),
        product('ndsi', { green: 'green', swir1: 'swir1' }),
      ]);
      const { page } = await open(`/map?product=${ndvi.id}&beside=${ndsi.id}&palette=magma`);
      await waitForPicture(page);
      const handle = page.getByRole('slider', { name: 'Divide between two products' });
      await handle.press('PageUp');
      expect(await handle.getAttribute('aria-valuetext')).toBe('60 % left, 40 % right');
      await handle.press('End');
      await page.waitForURL(/swipe=100/);
      await page.getByLabel('Colours', { exact: true }).selectOption('viridis');
      await page.waitForURL(/palette=viridis/);
      await stage(page).focus();
      await page.keyboard.press('ArrowRight');
      const { values } = await seenValue(page);
      expect(values).toHaveLength(2);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        // Colours glide to those of the scheme; measured on their way they have less contrast.
        await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
        const isStill = `document.getAnimations().every(({ playState }) => playState !== 'running')`;
        await expect.poll(() => page.evaluate<boolean>(isStill), { timeout: 30_000 }).toBe(true);
        expect(await violations(page), scheme).toEqual([]);
      }
    });

    it.runIf(long)('reads every compression', async () => {
      for (const compression of ['none', 'deflate', 'lzw', 'zstd']) {
        const { id } = await product('ndvi', { red: 'red', nir: 'nir' }, { compression });
        const { page, complaints, context } = await open(`/map?product=${id}`);
        await waitForPicture(page);
        await stage(page).focus();
        await page.keyboard.press('ArrowRight');
        await expectTruth(id, await seenValue(page));
        expect(complaints, compression).toEqual([]);
        await context.close();
      }
    });

    it.runIf(long)('shows a product of less opacity with less of it', async () => {
      const { id } = await product('ndvi', { red: 'red', nir: 'nir' });
      const { page } = await open(`/map?product=${id}`);
      await waitForPicture(page);
      const shown = async (): Promise<number> => (await colouredPixels(page)).left;
      await expect.poll(shown).toBeGreaterThan(500);
      const opacity = page.getByRole('slider', { name: 'Opacity' });
      await opacity.press('Home');
      await page.waitForURL((url) => url.searchParams.get('opacity') === '0');
      await expect.poll(shown).toBe(0);
      await opacity.press('End');
      await page.waitForURL((url) => !url.searchParams.has('opacity'));
      await expect.poll(shown).toBeGreaterThan(500);
    });
  });
}
