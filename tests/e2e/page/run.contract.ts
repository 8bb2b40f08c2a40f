import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { ImageDto, SiteDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit } from './browser.ts';
import { startLossyProxy } from './lossy-proxy.ts';
import { noteBar, seenBars, type SeenBar } from './run-bar.ts';
import { chooseFiles, chooseOperation, listJobs, startButton, waitForDone, type VisitorFile } from './site.ts';
import { boundUpload } from './tray.ts';

const KILO = 1000;
const photo = (name: string): string => fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url));

/** A picture that can not be compressed, and its file's SHA-256. */
async function noisePicture(name: string, side: number): Promise<VisitorFile & { name: string; sha256: string }> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const bytes = await sharp({ create: { width: side, height: side, channels: 3, background: 'gray', noise } })
    .tiff({ compression: 'none' })
    .toBuffer();
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The bar of work that is started while its files are still being sent. */
export function runContract(name: string, startSite: () => Promise<Site>): void {
  describe(`one bar from the upload to the result (${name})`, () => {
    let site: Site;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    it('criterion 6: a bar never falls with 5 % of the chunks lost and a reload, and the file arrives as it is', async () => {
      const [file, proxy] = await Promise.all([
        noisePicture('scan.tif', 700),
        startLossyProxy({ target: site.url, chunkBytes: 24 * KILO, every: 20 }),
      ]);
      const { page, context } = await visit(browser);
      try {
        await sendResumably(page, 100 * KILO);
        await page.goto(proxy.url);
        await chooseOperation(page, 'Median');
        await boundUpload(page, 1_000 * KILO);
        await chooseFiles(page, [file]);
        await startEarly(page, 'scan.tif');
        await page.waitForURL(/\/jobs\//, { timeout: 120_000 });
        await page.getByRole('heading', { name: 'scan.tif' }).waitFor();
        await page.reload();
        const job = await waitForDone(page, 'scan.tif');
        await page.getByRole('link', { name: /^Download/ }).waitFor();

        const { all, lost } = proxy.chunks;
        process.stdout.write(`one bar: ${String(lost)} of ${String(all)} chunks were lost\n`);
        expect(lost / all).toBeGreaterThan(0.04);
        const image = (await (await fetch(`${site.url}/api/v1/images/${job.image.id}`)).json()) as ImageDto;
        expect(image.sha256).toBe(file.sha256);
        const seen = await seenBars(page);
        expectOneBar(seen);
        expect(seen[0]?.value).toBeLessThan(30);
        expect((await fetch(`${site.url}/api/v1/jobs/${job.id}/result`, { method: 'HEAD' })).status).toBe(200);
      } finally {
        await context.close();
        await proxy.close();
      }
    });

    it('a batch that is started while its files are being sent has one bar on both pages', async () => {
      const { page, context, complaints } = await visit(browser);
      await page.goto(site.url);
      await chooseOperation(page, 'Median');
      await boundUpload(page, 100 * KILO);
      await chooseFiles(page, [photo('rocket.jpg'), photo('coffee.png'), photo('chelsea.png')]);
      await startEarly(page, 'Progress of the batch');
      expect(await page.getByRole('progressbar').count()).toBe(1);
      await boundUpload(page, long ? 100 * KILO : 500 * KILO);
      await page.waitForURL(/\/w\//, { timeout: 60_000 });
      await boundUpload(page, 0);
      await page.getByText('3 done').waitFor({ timeout: 120_000 });
      expect((await listJobs(page)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
      const seen = await seenBars(page);
      expectOneBar(seen, true);
      expect(new Set(seen.map(({ path }) => path.slice(0, 3)))).toEqual(new Set(['/', '/w/']));
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('a start waits on after a reload; called off it gives the uploads their own bars back', async () => {
      const { page, context } = await visit(browser);
      await page.goto(site.url);
      await chooseOperation(page, 'Invert');
      await boundUpload(page, 100 * KILO);
      await chooseFiles(page, [photo('coffee.png')]);
      await startEarly(page, 'coffee.png');
      await page.reload();
      await page.getByText('Starts when 1 upload is done').waitFor();
      await page.getByRole('button', { name: 'Do not start' }).click();
      await page.getByRole('progressbar', { name: 'All uploads' }).waitFor();
      expect(await page.getByRole('region', { name: 'Start' }).getByRole('progressbar').count()).toBe(0);
      await boundUpload(page, 0);
      await page.getByText('1 image ready').waitFor();
      expect(await listJobs(page)).toEqual([]);
      await context.close();
    });
  });
}

/** Has the site say that files above so many bytes are sent resumably: a small file then goes as a large one does. */
async function sendResumably(page: Page, above: number): Promise<void> {
  await page.route('**/api/v1/site', async (route) => {
    const answer = await route.fetch().catch(() => undefined);
    if (!answer) return route.abort();
    const told = (await answer.json()) as SiteDto;
    await route.fulfill({ json: { ...told, limits: { ...told.limits, resumableBytes: above } } });
  });
}

/** Presses Start while files are being sent; its bar is noted from its first moment. */
async function startEarly(page: Page, bar: string): Promise<void> {
  await startButton(page).click();
  await page.getByRole('region', { name: 'Start' }).getByRole('progressbar', { name: bar }).waitFor();
  await noteBar(page, bar);
}

/** @param ends whether the bar stays until it is full */
function expectOneBar(seen: readonly SeenBar[], ends = false): void {
  const values = seen.flatMap(({ value }) => value ?? []);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(seen.every(({ bars }) => bars === 1)).toBe(true);
  // It goes on within the upload, and within the processing.
  expect(Math.max(...seen.filter(({ path }) => path === '/').map(({ value }) => value ?? 0))).toBeLessThanOrEqual(30);
  expect(Math.min(...seen.filter(({ path }) => path !== '/').map(({ value }) => value ?? 0))).toBeGreaterThanOrEqual(
    30,
  );
  expect(values.indexOf(100)).toBe(ends ? values.length - 1 : -1);
}
