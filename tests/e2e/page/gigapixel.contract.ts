import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import type { MortalSite, StartMortalSite } from '../mortal-site.ts';
import { cookieOf, launchBrowser, visit } from './browser.ts';
import { forgetPeak, peakBytes, peakTabBytes } from './peak-memory.ts';
import { middle, stages } from './stages.ts';

const SIDE = 30_000;
/** Side of the squares that the picture is made of; each has a level of its own among its neighbours. */
const SQUARE = 40;
const TIMEOUT = 1_800_000;

/** Level of a pixel of the picture. */
const levelAt = (x: number, y: number): number => (Math.floor(x / SQUARE) * 37 + Math.floor(y / SQUARE) * 91) % 256;

/** 900 megapixels of gray as a PNG, made without holding them. */
function gigapixel(): Promise<Buffer> {
  const squares = SIDE / SQUARE;
  const levels = Buffer.from(
    Array.from({ length: squares ** 2 }, (_, n) => levelAt((n % squares) * SQUARE, Math.floor(n / squares) * SQUARE)),
  );
  return sharp(levels, { raw: { width: squares, height: squares, channels: 1 }, limitInputPixels: false })
    .resize(SIDE, SIDE, { kernel: 'nearest' })
    .toColourspace('b-w')
    .png({ compressionLevel: 2 })
    .toBuffer();
}

/** A result of 900 megapixels, looked at from near. */
export function gigapixelContract(name: string, startSite: StartMortalSite): void {
  describe(`900 megapixels (${name})`, () => {
    let site: MortalSite;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite({ DECODER_MAX_PIXELS: '1000000000' }), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    it(
      'are seen at 100 %, result and source in step, with no second copy in the tab or the master',
      async () => {
        const client = new SiteClient(site.url);
        const began = performance.now();
        const lap = (what: string): void =>
          void process.stdout.write(
            `900 Mpx (${name}): ${what} after ${((performance.now() - began) / 1000).toFixed(0)} s\n`,
          );
        const image = await client.upload(await gigapixel(), 'scan.png');
        lap('uploaded');
        const wish = { pipeline: [{ op: 'invert' }], output: { format: 'png' }, split: 'always' } as const;
        const job = await client.ended((await client.submit(image, wish)).id, TIMEOUT);
        expect(job.state, JSON.stringify(job.error)).toBe('done');
        expect(job.result).toMatchObject({ width: SIDE, height: SIDE });
        lap('done');
        // The embedded form has computed in this process; what counts is what looking at the result takes.
        const held = forgetPeak(site.pid());
        for (const path of [`/images/${image}`, `/jobs/${job.id}`]) {
          while ((await client.json<{ state: string }>(`${path}/zoom`)).state !== 'ready') await delay(1000);
        }
        lap('prepared for close views');

        const { page, context, complaints } = await visit(browser);
        await context.addCookies([cookieOf(client.cookie, site.url)]);
        let bytes = 0;
        const paths: string[] = [];
        page.on('response', (answer) => {
          bytes += Number(answer.headers()['content-length'] ?? 0);
          paths.push(new URL(answer.url()).pathname);
        });
        const near = (level: number) => (shown: number) => Math.abs(shown - level) <= 8;
        for (const [x, y] of [
          [220, 180],
          [15_020, 15_020],
          [29_740, 29_820],
          [380, 29_420],
          [22_340, 7_060],
        ] as const) {
          await page.goto(`${site.url}/jobs/${job.id}?view=side&x=${String(x)}&y=${String(y)}&zoom=1`);
          await stages(page).nth(1).waitFor({ timeout: 120_000 });
          const level = levelAt(x, y);
          await expect.poll(() => middle(page, 0), { timeout: 30_000 }).toSatisfy(near(level));
          await expect.poll(() => middle(page, 1), { timeout: 30_000 }).toSatisfy(near(255 - level));
        }
        // From the whole picture to its pixels and back, by keys.
        await page.goto(`${site.url}/jobs/${job.id}?view=result`);
        const stage = stages(page).first();
        await stage.waitFor({ timeout: 60_000 });
        await stage.focus();
        for (let round = 0; round < 3; round += 1) {
          for (const key of ['1', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowDown', '0']) {
            await page.keyboard.press(key);
            await page.waitForTimeout(400);
          }
        }
        lap('looked at');
        expect(paths.filter((path) => path.endsWith('/result') || path.endsWith('/file'))).toEqual([]);
        expect(paths.filter((path) => /\/zoom\/\d+\/\d+\/\d+$/.test(path)).length).toBeGreaterThan(30);
        const [tab, master] = [await peakTabBytes(browser), peakBytes(site.pid()) - held];
        const mega = (count: number): string => `${(count / 1e6).toFixed(0)} MB`;
        process.stdout.write(
          `900 Mpx (${name}): tab ${mega(tab)} at most, master ${mega(master)} more than the ${mega(held)} before, ${mega(bytes)} sent to the tab\n`,
        );
        expect(tab).toBeLessThan(500e6);
        expect(master).toBeLessThan((SIDE * SIDE) / 2);
        expect(bytes).toBeLessThan(60e6);
        expect(complaints).toEqual([]);
        await context.close();
      },
      TIMEOUT,
    );
  });
}
