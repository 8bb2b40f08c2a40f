import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import type { Site } from '../site.contract.ts';
import { cookieOf, launchBrowser, visit } from './browser.ts';
import { chooseFiles, listJobs, startButton } from './site.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
/** Six bands of Landsat: red is the third, near infrared the fourth. */
const BANDS = fixture('landsat/bands.tif');

/** Products of rasters on the pages of jobs, and rasters where pictures are chosen. */
export function productContract(name: string, startSite: () => Promise<Site>): void {
  describe(`products on the pages (${name})`, () => {
    let site: Site;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    /** Has the site make an NDVI, or gives the one that it made. */
    const order = async (): Promise<{ readonly client: SiteClient; readonly job: JobDto }> => {
      const client = new SiteClient(site.url);
      const raster = { image: await client.upload(await readFile(BANDS), 'bands.tif') };
      // Five bands one over another are no picture, although each could be one.
      expect(await client.json(`/images/${raster.image}`)).toMatchObject({ format: 'raster' });
      const bands = { red: { raster, band: 3 }, nir: { raster, band: 4 } };
      const answer = await fetch(`${site.url}/api/v1/products`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: client.cookie },
        body: JSON.stringify({
          name: 'Green of the summer',
          product: { kind: 'index', index: { index: 'ndvi' }, bands },
          output: { picture: { palette: 'vegetation', stretch: { kind: 'fixed', low: -1, high: 1 } } },
        }),
      });
      const { job } = (await answer.json()) as { job: JobDto };
      return { client, job };
    };

    it('an index has a picture, a legend, facts and files to take home, and its name in the history', async () => {
      const { client, job } = await order();
      const { page, context, complaints } = await visit(browser);
      await context.addCookies([cookieOf(client.cookie, site.url)]);
      await page.goto(`${site.url}/jobs/${job.id}`);
      await page.getByRole('link', { name: /^Download GeoTIFF/ }).waitFor({ timeout: 60_000 });
      await page.locator('[role=application][data-ready]').waitFor({ timeout: 60_000 });
      const legend = page.getByRole('figure', { name: 'Legend' });
      await legend.getByText('0.5', { exact: true }).waitFor();
      for (const file of ['Picture', 'Legend']) {
        const href = await page.getByRole('link', { name: new RegExp(`^${file} \\(`) }).getAttribute('href');
        expect((await fetch(new URL(href ?? '', site.url))).status).toBe(200);
      }
      const panel = page.getByRole('complementary', { name: 'About this result' });
      expect(await panel.innerText()).toMatch(
        /float32[\s\S]*NaN[\s\S]*EPSG:32616[\s\S]*30 × 30[\s\S]*NDVI of 1 raster → COG/,
      );

      await page.goto(`${site.url}/jobs/${job.id}?t=0`);
      await page.getByRole('listbox').waitFor();
      await page.getByText('Computing windows').waitFor();
      await page.goto(`${site.url}/history`);
      const row = page.getByRole('article', { name: 'Green of the summer' });
      await row.getByText('NDVI of 1 raster → COG').waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('a raster stays in the tray, with a word on what it is for, while the images beside it start', async () => {
      const { client, job } = await order();
      const { result } = await client.ended(job.id);
      const bytes = new Uint8Array(await (await fetch(new URL(result?.url ?? '', site.url))).arrayBuffer());
      const { page, context, complaints } = await visit(browser);
      await page.goto(site.url);
      await chooseFiles(page, [{ name: 'ndvi.tif', bytes }, fixture('photos/coffee.png')]);
      await page.getByText('1 file is a raster, not a picture.').waitFor({ timeout: 90_000 });
      await page.getByText('2 images ready').waitFor();
      await startButton(page).click();
      await page.waitForURL(/\/jobs\//, { timeout: 60_000 });
      expect((await listJobs(page)).map(({ image }) => image.name)).toEqual(['coffee.png']);
      // What was started leaves the tray when the page of its job is shown.
      await page
        .getByRole('link', { name: /^Download/ })
        .first()
        .waitFor();
      await page.goto(site.url);
      await page.getByRole('listitem', { name: 'ndvi.tif' }).waitFor();
      await expect.poll(() => startButton(page).isDisabled()).toBe(true);
      await page.getByRole('link', { name: 'What can be made of rasters' }).first().click();
      await page.getByRole('heading', { name: 'Rasters' }).waitFor();
      expect(complaints).toEqual([]);
      await context.close();
    });
  });
}
