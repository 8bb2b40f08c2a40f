import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BreakableSite, StartSite } from '../breakable-site.ts';
import { launchBrowser, visit } from './browser.ts';
import { historyNames, openHistory } from './history.ts';
import { enterToken } from './ops.ts';
import { chooseFiles, chooseOperation, download, openResult, openSite, start, waitForDone } from './site.ts';

const photo = fileURLToPath(new URL('../../../fixtures/photos/rocket.jpg', import.meta.url));

/** One way through the whole site, which touches everything that queue, store and database do for the page. */
export function passContract(name: string, startSite: StartSite): void {
  describe(`a pass through the page (${name})`, () => {
    let site: BreakableSite;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    it('upload, job, result, history, failed work and its redrive', async () => {
      const { page, context, complaints } = await visit(browser);
      await openSite(page, site.url);
      await chooseFiles(page, [photo]);
      await chooseOperation(page, 'Invert');
      await start(page);
      const job = await waitForDone(page, 'rocket.jpg');
      await openResult(page, job);
      const { bytes } = await download(page);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 640, height: 427 });
      await page.locator('[role=application][data-ready]').first().waitFor({ timeout: 30_000 });

      // The image is gone: another job on it fails, which the operator sees and mends.
      await site.break([job.image.id]);
      const wish = { pipeline: [{ op: 'canny' }], output: { format: 'png' }, split: 'always', reuse: false };
      const data = { images: [job.image.id], ...wish };
      const answer = await page.request.post(`${site.url}/api/v1/jobs`, { data });
      expect(answer.status()).toBe(202);
      await openHistory(page, site.url);
      await expect.poll(() => historyNames(page), { timeout: 15_000 }).toEqual(['rocket.jpg', 'rocket.jpg']);
      await page.getByText('Could not be finished').first().waitFor({ timeout: 60_000 });

      const operator = await visit(browser);
      await operator.page.goto(`${site.url}/ops`);
      await enterToken(operator.page, site.adminToken);
      await operator.page.getByRole('heading', { name: new RegExp(`\\b${String(site.machines)} machine`) }).waitFor();
      await site.mend();
      await page.getByRole('button', { name: 'Try rocket.jpg again' }).click();
      await page.getByText('Could not be finished').first().waitFor({ state: 'detached', timeout: 60_000 });
      await waitForDone(page, 'rocket.jpg');
      expect([...complaints, ...operator.complaints]).toEqual([]);
      await operator.context.close();
      await context.close();
    });
  });
}
