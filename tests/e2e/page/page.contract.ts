import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit, type Visit } from './browser.ts';
import {
  catalogue,
  chooseAdvanced,
  chooseFiles,
  chooseOperation,
  download,
  dropFiles,
  openResult,
  openSite,
  pixelDigest,
  setParameter,
  start,
  startButton,
  step,
  upload,
  waitForDone,
  waitForRefusal,
} from './site.ts';

const photo = (name: string): string => fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url));

/** What a visitor may expect of the page; run on the embedded form and on real servers. */
export function pageContract(name: string, startSite: () => Promise<Site>): void {
  describe(`the page (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let visitor: Visit;

    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
      const answer = await fetch(site.url);
      const built = answer.headers.get('content-type')?.startsWith('text/html') === true;
      expect(built, 'The page is not built: run npm run build -w components/frontend.').toBe(true);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });
    beforeEach(async () => {
      visitor = await visit(browser);
      ({ context, page } = visitor);
      await openSite(page, site.url);
    });
    afterEach(async () => {
      await context.close();
      expect(visitor.complaints).toEqual([]);
      expect([...visitor.hosts].filter((host) => host !== '' && host !== new URL(site.url).host)).toEqual([]);
    });

    it('makes results of dropped images and names the file it refuses', async () => {
      const whole = await readFile(photo('rocket.jpg'));
      const cut = { name: 'cut.jpg', bytes: whole.subarray(0, 3000) };
      await dropFiles(page, [photo('rocket.jpg'), cut, photo('coffee.png')]);
      expect(await waitForRefusal(page, 'cut.jpg')).toContain('stops before its image ends');

      await chooseOperation(page, 'Gaussian blur');
      await setParameter(page, 'Gaussian blur', 'Kernel side', 9);
      await chooseOperation(page, 'Canny edges');
      await setParameter(page, 'Canny edges', 'Sobel aperture', 5);
      await setParameter(page, 'Canny edges', 'Precise magnitude (L2)', true);
      await chooseAdvanced(page, { split: 'Always', verify: true });
      await start(page);
      const rocket = await waitForDone(page, 'rocket.jpg');
      await waitForDone(page, 'coffee.png');
      expect(rocket.pipeline).toEqual([
        { op: 'gaussian-blur', params: { ksize: 9, sigma: 0 } },
        { op: 'canny', params: { low: 100, high: 200, aperture: 5, l2: true } },
      ]);

      await openResult(page, rocket);
      expect(await page.getByRole('main').innerText()).toContain('Verified');
      expect(await pixelDigest(page)).toBe(rocket.result?.pixelDigest);
      const file = await download(page);
      expect(file.name).toMatch(/^rocket.*\.png$/);
      expect(await sharp(file.bytes).metadata()).toMatchObject({ format: 'png', width: 640, height: 427 });
    });

    it('keeps the start shut while a value can not be used, and says why', async () => {
      await chooseFiles(page, [photo('chelsea.png')]);
      await upload(page, 'chelsea.png').getByText('×').waitFor();
      await chooseOperation(page, 'Gaussian blur');
      await setParameter(page, 'Gaussian blur', 'Kernel side', 8);
      expect(await step(page, 'Gaussian blur').innerText()).toContain('Give an odd number.');
      expect(await startButton(page).isDisabled()).toBe(true);
      await setParameter(page, 'Gaussian blur', 'Kernel side', 7);
      expect(await startButton(page).isEnabled()).toBe(true);
    });

    it('shows earlier jobs where work begins, and gives an equal one at once', async () => {
      await chooseFiles(page, [photo('chelsea.png')]);
      await chooseOperation(page, 'Dilate');
      await setParameter(page, 'Dilate', 'Kernel side', 3);
      await start(page);
      const first = await waitForDone(page, 'chelsea.png');
      expect(first.result?.reused).toBe(false);
      await page.getByRole('link', { name: 'Work', exact: true }).click();
      await page.getByRole('link', { name: /chelsea\.png/ }).waitFor();
      await step(page, 'Dilate').waitFor();
      await chooseFiles(page, [photo('chelsea.png')]);
      await start(page);
      const second = await waitForDone(page, 'chelsea.png');
      expect(second.id).not.toBe(first.id);
      expect(second.result?.reused).toBe(true);
    });

    it('says that the server is away, keeps what was chosen, and goes on when it is back', async () => {
      await chooseFiles(page, [photo('chelsea.png')]);
      await chooseOperation(page, 'Erode');
      await upload(page, 'chelsea.png').getByText('×').waitFor();
      await context.setOffline(true);
      await startButton(page).click();
      const alert = page.getByRole('alert').filter({ hasText: 'Nothing was started' });
      await alert.waitFor();
      await context.setOffline(false);
      await start(page);
      await waitForDone(page, 'chelsea.png');
    });

    it('can be used by the keyboard in a window of 360 pixels', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.getByRole('button', { name: 'Add a step' }).press('Enter');
      await catalogue(page).getByRole('searchbox', { name: 'Search operations' }).press('ArrowDown');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await step(page, 'Threshold').waitFor();
      await chooseFiles(page, [photo('chelsea.png')]);
      await upload(page, 'chelsea.png').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      // A key does not wait, as a click does, for a button that can be pressed.
      await expect.poll(() => startButton(page).isEnabled()).toBe(true);
      await startButton(page).press('Enter');
      await page.waitForURL(/\/jobs\//);
      const job = await waitForDone(page, 'chelsea.png');
      expect(job.pipeline.map(({ op }) => op)).toEqual(['threshold']);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    });

    it('follows the system’s colours until the visitor chooses, and remembers the choice', async () => {
      const scheme = () => page.evaluate('document.documentElement.dataset.mantineColorScheme');
      expect(await scheme()).toBe('light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(scheme).toBe('dark');
      await page.getByRole('button', { name: 'Use light colours' }).click();
      await page.reload();
      expect(await scheme()).toBe('light');
    });
  });
}
