import { setTimeout as delay } from 'node:timers/promises';
import type { ImageDto, JobDto } from '@tessera/contracts';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from '../site.contract.ts';
import { cookieOf, launchBrowser, visit } from './browser.ts';
import { middle, stages } from './stages.ts';

const SIDE = 12_000;
/** Side of the squares that the picture is made of; each has a level of its own among its neighbours. */
const SQUARE = 40;

/** Level of a pixel of the picture. */
const levelAt = (x: number, y: number): number => (Math.floor(x / SQUARE) * 37 + Math.floor(y / SQUARE) * 91) % 256;

async function hugeScan(): Promise<Buffer> {
  const data = Buffer.alloc(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += SQUARE) {
    for (let x = 0; x < SIDE; x += SQUARE) data.fill(levelAt(x, y), y * SIDE + x, y * SIDE + x + SQUARE);
    for (let row = 1; row < SQUARE; row += 1) data.copy(data, (y + row) * SIDE, y * SIDE, (y + 1) * SIDE);
  }
  const raw = { width: SIDE, height: SIDE, channels: 1 } as const;
  return sharp(data, { raw, limitInputPixels: false }).toColourspace('b-w').jpeg({ quality: 92 }).toBuffer();
}

/** A visitor of the API. */
class Visitor {
  readonly url: string;
  cookie = '';

  constructor(url: string) {
    this.url = url;
  }

  async call(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      ...init,
      headers: { ...init.headers, cookie: this.cookie },
    });
    const [given] = answer.headers.getSetCookie();
    if (given) this.cookie = given.split(';')[0] ?? '';
    return answer;
  }

  async post(path: string, body: unknown): Promise<Response> {
    return this.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async json<Body>(path: string): Promise<Body> {
    return (await (await this.call(path)).json()) as Body;
  }
}

/** What a visitor may expect of pictures of any size. */
export function viewerContract(name: string, startSite: () => Promise<Site>): void {
  describe(`close views (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let visitor: Visitor;
    let image: ImageDto;
    let job: JobDto;

    const open = async (search: string) => {
      const seen = await visit(browser);
      await seen.context.addCookies([cookieOf(visitor.cookie, site.url)]);
      await seen.page.goto(`${site.url}/jobs/${job.id}?${search}`);
      await stages(seen.page).first().waitFor({ timeout: 120_000 });
      return seen;
    };

    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
      visitor = new Visitor(site.url);
      const form = new FormData();
      form.append('image', new Blob([Uint8Array.from(await hugeScan())]), 'scan.jpg');
      const uploaded = await visitor.call('/images', { method: 'POST', body: form });
      image = ((await uploaded.json()) as { images: ImageDto[] }).images[0]!;
      const order = { images: [image.id], pipeline: [{ op: 'invert' }], output: { format: 'png' } };
      job = ((await (await visitor.post('/jobs', order)).json()) as { jobs: JobDto[] }).jobs[0]!;
      const until = async (path: string, state: string): Promise<void> => {
        while ((await visitor.json<{ state: string }>(path)).state !== state) await delay(300);
      };
      await until(`/jobs/${job.id}`, 'done');
      for (const path of [`/images/${image.id}`, `/jobs/${job.id}`]) await until(`${path}/zoom`, 'ready');
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    it('show the right pixels of 144 megapixels at 100 %, source and result in step', async () => {
      const { page, context, complaints } = await open('view=side&x=9460&y=7300&zoom=1');
      const [source, result] = [stages(page).nth(0), stages(page).nth(1)];
      await result.waitFor();
      const near = (level: number) => (shown: number) => Math.abs(shown - level) <= 8;
      const expectLevels = async (x: number, y: number): Promise<void> => {
        const level = levelAt(x, y);
        await expect.poll(() => middle(page, 0), { timeout: 20_000 }).toSatisfy(near(level));
        await expect.poll(() => middle(page, 1), { timeout: 20_000 }).toSatisfy(near(255 - level));
      };
      await expectLevels(9460, 7300);

      // A tenth of the stage to the right: the other one follows, and the address says where.
      const { width } = (await source.boundingBox())!;
      await source.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => new URL(page.url()).searchParams.get('x')).not.toBe('9460');
      const x = Number(new URL(page.url()).searchParams.get('x'));
      expect(Math.abs(x - (9460 + width / 10))).toBeLessThan(3);
      await expectLevels(x, 7300);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('are moved by keys and by buttons, and say where they are', async () => {
      const { page, context } = await open('view=result');
      const stage = stages(page).first();
      expect(await stage.getAttribute('aria-label')).toContain('scan.jpg');
      await stage.focus();
      await page.keyboard.press('1');
      await expect.poll(() => new URL(page.url()).searchParams.get('zoom')).toBe('1');
      await page.keyboard.press('?');
      await expect.poll(() => page.getByRole('status').first().innerText(), { timeout: 10_000 }).toContain('100%');
      await page.getByRole('button', { name: 'Zoom out' }).click();
      await expect.poll(() => Number(new URL(page.url()).searchParams.get('zoom'))).toBeCloseTo(0.667, 2);
      await stage.focus();
      await page.keyboard.press('0');
      await expect.poll(() => new URL(page.url()).searchParams.get('zoom')).toBeNull();
      await context.close();
    });

    it('fetch only what is in view', async () => {
      const { page, context } = await open('view=result&x=6000&y=6000&zoom=1');
      let bytes = 0;
      page.on('response', (answer) => (bytes += Number(answer.headers()['content-length'] ?? 0)));
      await stages(page).first().focus();
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(2000);
      expect(bytes).toBeLessThan(5_000_000);
      await context.close();
    });

    it('criterion 13: a preview of the visible area of a large picture takes 300 ms at most, for 19 of 20', async () => {
      const region = { x: 5000, y: 5000, width: 1200, height: 800 };
      const taken: number[] = [];
      for (let n = 0; n < 42; n += 1) {
        const began = performance.now();
        const pipeline = [
          { op: 'gaussian-blur', params: { ksize: 3 + 2 * (n % 20) } },
          { op: 'threshold', params: { value: n } },
        ];
        const answer = await visitor.post('/previews', { image: image.id, region, side: 1200, pipeline });
        expect([answer.status, answer.headers.get('tessera-preview')]).toEqual([200, 'exact']);
        await answer.arrayBuffer();
        taken.push(performance.now() - began);
      }
      // The first two start the threads.
      const sorted = taken.slice(2).sort((a, b) => a - b);
      expect(sorted[Math.floor(sorted.length * 0.95) - 1]).toBeLessThanOrEqual(300);
    });
  });
}
