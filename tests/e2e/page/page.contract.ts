import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Site } from '../site.contract.ts';
import {
  chooseAdvanced,
  chooseFiles,
  chooseFormat,
  chooseOperation,
  comparePosition,
  download,
  dropFiles,
  job,
  openSite,
  pixelDigest,
  setParameter,
  shownProgress,
  start,
  step,
  upload,
  waitForDone,
  waitForRefusal,
  watchProgress,
} from './site.ts';

const photo = (name: string): string => fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url));

/** Nothing that Chromium does for itself: no calls home, no sandbox where the tests run as root. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A noisy picture that keeps executors busy for seconds. */
async function heavyPhoto(): Promise<{ name: string; bytes: Uint8Array }> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const image = sharp({ create: { width: 5000, height: 4000, channels: 3, background: 'gray', noise } });
  return { name: 'heavy.jpg', bytes: await image.jpeg().toBuffer() };
}

/** What a visitor may expect of the page; run on the embedded form and on real servers. */
export function pageContract(name: string, startSite: () => Promise<Site>): void {
  describe(`the page (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    /** What the browser complained of, and where it went. */
    let complaints: string[];
    let hosts: Set<string>;

    beforeAll(async () => {
      [site, browser] = await Promise.all([
        startSite(),
        chromium.launch({ executablePath: inject('chromium'), args: QUIET }),
      ]);
      const answer = await fetch(site.url);
      const built = answer.headers.get('content-type')?.startsWith('text/html') === true;
      expect(built, 'The page is not built: run npm run build -w components/frontend.').toBe(true);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });
    beforeEach(async () => {
      complaints = [];
      hosts = new Set();
      context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      page = await context.newPage();
      page.on('request', (request) => hosts.add(new URL(request.url()).host));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // The browser notes every answer of 400 and above by itself; refusals are part of the tests.
        const isAnswer = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isAnswer) complaints.push(message.text());
      });
      await openSite(page, site.url);
    });
    afterEach(async () => {
      await context.close();
      expect(complaints).toEqual([]);
      expect([...hosts].filter((host) => host !== '' && host !== new URL(site.url).host)).toEqual([]);
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
      await watchProgress(page, 'rocket.jpg');
      await start(page);
      await waitForDone(page, 'rocket.jpg');
      await waitForDone(page, 'coffee.png');

      const shown = await shownProgress(page);
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
      expect(await job(page, 'rocket.jpg').innerText()).toContain('Verified');

      const jobs = await listJobs(page);
      const rocket = jobs.find(({ image }) => image.name === 'rocket.jpg');
      expect(rocket?.pipeline).toEqual([
        { op: 'gaussian-blur', params: { ksize: 9, sigma: 0 } },
        { op: 'canny', params: { low: 100, high: 200, aperture: 5, l2: true } },
      ]);
      expect(await pixelDigest(page, 'rocket.jpg')).toBe(rocket?.result?.pixelDigest);
      const file = await download(page, 'rocket.jpg');
      expect(file.name).toMatch(/^rocket.*\.png$/);
      expect(await sharp(file.bytes).metadata()).toMatchObject({ format: 'png', width: 640, height: 427 });
    });

    it('lays the result over the original, with a handle that the arrow keys move', async () => {
      await chooseFiles(page, [photo('astronaut.png')]);
      await chooseOperation(page, 'Invert');
      await chooseFormat(page, 'JPEG');
      await start(page);
      await waitForDone(page, 'astronaut.png');
      const card = job(page, 'astronaut.png');
      for (const side of ['Original', 'Result']) {
        const picture = card.getByRole('img', { name: `${side} of astronaut.png` });
        await picture.scrollIntoViewIfNeeded();
        await expect
          .poll(() => picture.evaluate((image: unknown) => (image as { naturalWidth: number }).naturalWidth))
          .toBe(512);
      }
      const handle = card.getByRole('slider', { name: 'Between original and result' });
      await handle.press('ArrowRight');
      expect(await comparePosition(page, 'astronaut.png')).toBe(55);
      expect(await handle.getAttribute('aria-valuetext')).toBe('Original 55 %, result 45 %');
    });

    it('keeps the start shut while a value can not be used, and says why', async () => {
      await chooseFiles(page, [photo('chelsea.png')]);
      await upload(page, 'chelsea.png').getByText('×').waitFor();
      await chooseOperation(page, 'Gaussian blur');
      await setParameter(page, 'Gaussian blur', 'Kernel side', 8);
      expect(await step(page, 'Gaussian blur').innerText()).toContain('Give an odd number.');
      expect(await page.getByRole('button', { name: /^Start/ }).isDisabled()).toBe(true);
      await setParameter(page, 'Gaussian blur', 'Kernel side', 7);
      expect(await page.getByRole('button', { name: /^Start/ }).isEnabled()).toBe(true);
    });

    it('shows earlier jobs after a reload, and gives an equal one at once', async () => {
      await chooseFiles(page, [photo('chelsea.png')]);
      await chooseOperation(page, 'Dilate');
      await setParameter(page, 'Dilate', 'Kernel side', 3);
      await start(page);
      await waitForDone(page, 'chelsea.png');
      await page.reload();
      await waitForDone(page, 'chelsea.png');
      await job(page, 'chelsea.png').getByRole('button', { name: 'Use again' }).click();
      await start(page);
      await job(page, 'chelsea.png').getByText('Reused').waitFor();
      await expect.poll(() => page.getByRole('article').count()).toBe(2);
      expect(await page.title()).toBe('✓ chelsea.png · Tessera');
    });

    it('cancels a job', async () => {
      const heavy = await heavyPhoto();
      await chooseFiles(page, [heavy]);
      await chooseOperation(page, 'Median');
      await setParameter(page, 'Median', 'Kernel side', 7);
      await chooseAdvanced(page, { split: 'Always' });
      await start(page);
      await job(page, heavy.name).getByRole('button', { name: 'Cancel' }).click();
      await job(page, heavy.name).getByText('Cancelled', { exact: true }).waitFor();
      // Sentences come one after another, seconds apart.
      await expect
        .poll(() => page.getByRole('status').last().innerText(), { timeout: 15_000 })
        .toContain('heavy.jpg is cancelled.');
    });

    it('says that the server is away, keeps what was chosen, and goes on when it is back', async () => {
      await chooseFiles(page, [photo('chelsea.png')]);
      await chooseOperation(page, 'Erode');
      await upload(page, 'chelsea.png').getByText('×').waitFor();
      await context.setOffline(true);
      await page.getByRole('button', { name: /^Start/ }).click();
      const alert = page.getByRole('alert').filter({ hasText: 'Nothing was started' });
      await alert.waitFor();
      await context.setOffline(false);
      await start(page);
      await waitForDone(page, 'chelsea.png');
      expect(await alert.count()).toBe(0);
    });

    it('can be used by the keyboard in a window of 360 pixels', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.getByRole('button', { name: 'Add a step' }).press('Enter');
      await page.getByRole('menuitem', { name: 'Grayscale' }).press('ArrowDown');
      await page.keyboard.press('Enter');
      await step(page, 'Threshold').waitFor();
      await chooseFiles(page, [photo('chelsea.png')]);
      await page.getByRole('button', { name: 'Start', exact: true }).press('Enter');
      await waitForDone(page, 'chelsea.png');
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

/** The visitor's jobs as the API gives them. */
async function listJobs(page: Page): Promise<readonly JobDto[]> {
  const answer = await page.request.get(new URL('/api/v1/jobs', page.url()).href);
  return ((await answer.json()) as { jobs: readonly JobDto[] }).jobs;
}
