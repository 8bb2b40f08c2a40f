import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SiteClient, sha256 } from '../../cluster/site-client.ts';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { cookieOf, launchBrowser, visit, type Visit } from './browser.ts';
import { chooseFiles, chooseOperation, openAdvanced, start } from './site.ts';
import { isSigned, WebhookReceiver } from './webhook-receiver.ts';

const photoPath = (name: string): string => fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url));
const photo = (name: string): Promise<Uint8Array> => readFile(photoPath(name));

/** Asks again until it is so. */
const soon = <T>(what: () => T) => expect.poll(what, { timeout: 30_000 });

/** What a visitor may expect of the page of a result. */
export function resultContract(
  name: string,
  startSite: (settings: Readonly<Record<string, string>>) => Promise<Site>,
): void {
  describe(`the result (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let client: SiteClient;
    let job: JobDto;
    let receiver: WebhookReceiver;
    let visitor: Visit;
    let page: Page;

    beforeAll(async () => {
      receiver = await WebhookReceiver.start();
      [site, browser] = await Promise.all([startSite(receiver.settings), launchBrowser()]);
      client = new SiteClient(site.url);
      const image = await client.upload(await photo('rocket.jpg'), 'rocket.jpg');
      const wish = { pipeline: [{ op: 'gaussian-blur', params: { ksize: 9 } }, { op: 'invert' }] };
      job = await client.ended((await client.submit(image, { ...wish, output: { format: 'png' }, verify: true })).id);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
      await receiver.close();
    });
    beforeEach(async () => {
      visitor = await visit(browser);
      ({ page } = visitor);
      await visitor.context.addCookies([cookieOf(client.cookie, site.url)]);
    });
    afterEach(async () => {
      await visitor.context.close();
      expect(visitor.complaints).toEqual([]);
      expect([...visitor.hosts].filter((host) => host !== '' && host !== new URL(site.url).host)).toEqual([]);
    });

    const stages = (of: Page): Locator => of.getByRole('application');
    const handle = (of: Page): Locator => of.getByRole('slider');
    const position = async (of: Page): Promise<number> => Number(await handle(of).getAttribute('aria-valuenow'));
    const open = async (of: Page, search = ''): Promise<void> => {
      await of.goto(`${site.url}/jobs/${job.id}${search}`);
      await stages(of).first().waitFor({ timeout: 30_000 });
    };

    it('tells what it is, what was done, and until when it is kept', async () => {
      await open(page);
      const panel = page.getByRole('complementary');
      for (const words of ['rocket.jpg', 'Verified.', '640 × 427', 'Gaussian blur', 'Kernel side 9', '1 machine']) {
        await panel.getByText(words).first().waitFor();
      }
      expect(await panel.locator('code').getAttribute('title')).toBe(job.result?.pixelDigest);
      await panel.getByText('Kept until').waitFor();
      const arriving = page.waitForEvent('download');
      await panel.getByRole('link', { name: /^Download PNG/ }).click();
      const arrived = await arriving;
      expect(arrived.suggestedFilename()).toBe('rocket-gaussian-blur-invert.png');
      const sent = Buffer.from(await (await client.call(`/jobs/${job.id}/result`)).arrayBuffer());
      expect(sha256(await readFile(await arrived.path()))).toBe(sha256(sent));
    });

    it('shows how its webhook was told, and tells it again', async () => {
      await page.goto(site.url);
      await chooseFiles(page, [photoPath('chelsea.png')]);
      await chooseOperation(page, 'Invert');
      await openAdvanced(page);
      await page.getByRole('textbox', { name: 'Webhook' }).fill(receiver.url);
      const key = await page.getByRole('textbox', { name: 'Key of its signatures' }).inputValue();
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      await start(page);
      const webhook = page.getByRole('region', { name: 'Webhook' });
      await webhook.getByText(/^Delivered · 1 try · last answer 204$/).waitFor({ timeout: 60_000 });
      expect(receiver.told.map((told) => isSigned(told, key))).toEqual([true]);

      await webhook.getByRole('button', { name: 'Send again: This job' }).click();
      // What is said waits for what was said before, for seconds.
      if (long) await soon(() => page.getByRole('status').textContent()).toContain('It is sent again.');
      await soon(() => receiver.told.length).toBe(2);
      expect(receiver.told.every((told) => isSigned(told, key))).toBe(true);
      expect(receiver.told[1]?.body).toBe(receiver.told[0]?.body);
      await webhook.getByText(/^Delivered/).waitFor({ timeout: 30_000 });
    });

    it.runIf(long)('is looked at in every way, by the keyboard', async () => {
      await open(page);
      for (const [label, view, count] of [
        ['Side by side', 'side', 2],
        ['Blink', 'blink', 1],
        ['Difference', 'difference', 1],
        ['Result only', 'result', 1],
      ] as const) {
        const radio = page.getByRole('radiogroup', { name: 'Way to compare' }).getByRole('radio', { name: label });
        await radio.focus();
        await radio.press('Space');
        await soon(() => new URL(page.url()).searchParams.get('view')).toBe(view);
        // What lies above another stage is out of reach.
        await soon(() => page.locator('[role=application]:not([inert] *)').count()).toBe(count);
      }
      await page.getByRole('button', { name: 'Histogram' }).press('Enter');
      await page.getByRole('img', { name: 'Histogram of Result of rocket.jpg' }).waitFor();
    });

    it.each(long ? ['en', 'ar'] : ['ar'])(
      'criterion 19: the handle obeys keys, clicks and buttons the same in %s',
      async (locale) => {
        const reader = await visit(browser, { locale });
        const { page } = reader;
        await open(page);
        await handle(page).focus();
        for (const [key, expected] of [
          ['ArrowRight', 51],
          ['ArrowLeft', 50],
          ['PageUp', 60],
          ['PageDown', 50],
          ['Home', 0],
          ['End', 100],
        ] as const) {
          await page.keyboard.press(key);
          expect([key, await position(page)]).toEqual([key, expected]);
        }
        expect(await handle(page).getAttribute('aria-valuetext')).toMatch(/100/);
        const choices = page.locator('[aria-pressed]');
        for (const [index, expected] of [100, 50, 0].entries()) {
          await choices.nth(index).click();
          expect(await position(page)).toBe(expected);
        }
        // By sides of the picture: a third of the way from its left.
        const box = (await page.locator('[data-grip]').boundingBox())!;
        const knob = (await handle(page).boundingBox())!;
        await page.mouse.click(box.x + box.width * 0.3, knob.y + knob.height / 2);
        await soon(() => position(page)).toBe(30);
        const moved = (await handle(page).boundingBox())!;
        expect(Math.abs(moved.x + moved.width / 2 - (box.x + box.width * 0.3))).toBeLessThan(3);
        // The source is left of it, the result right: blurred, inverted night is bright.
        const shot = sharp(await page.screenshot());
        const brightness = async (share: number): Promise<number> => {
          const extract = {
            left: Math.round(box.x + box.width * share),
            top: Math.round(box.y + 120),
            width: 20,
            height: 20,
          };
          return (await sharp(await shot.clone().extract(extract).png().toBuffer()).stats()).channels[2]!.mean;
        };
        expect(await brightness(0.2)).toBeLessThan(await brightness(0.4));
        await reader.context.close();
      },
    );

    it('criterion 23: a copied link shows somebody else the same view', async () => {
      await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await open(page, '?ground=dark');
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await handle(page).focus();
      await page.keyboard.press('PageDown');
      await page.keyboard.press('PageDown');
      await soon(() => [...new URL(page.url()).searchParams.keys()].sort()).toEqual(['at', 'ground', 'x', 'y', 'zoom']);
      // While the view still glides the link tells where it will be.
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      await soon(() => page.getByRole('status').textContent()).toContain('The link of rocket.jpg is copied.');
      const link = await page.evaluate<string>('navigator.clipboard.readText()');
      await soon(() => seenBy(page.url())).toEqual(seenBy(link));

      const other = await visit(browser);
      await other.page.goto(link);
      await stages(other.page).first().waitFor();
      const seen = async (of: Page): Promise<Buffer> => {
        await soon(() => of.locator('[role=application][aria-busy=false]').count()).toBe(2);
        return of.locator('[data-grip]').screenshot({ animations: 'disabled' });
      };
      await handle(page).blur();
      await soon(async () => differentShare(await seen(page), await seen(other.page))).toBeLessThanOrEqual(0.001);
      expect(seenBy(other.page.url())).toEqual(seenBy(link));
      // What is another's can not be deleted.
      expect(await other.page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
      await other.context.close();
    });

    it.runIf(long)('is deleted with a way back to the very view', async () => {
      await open(page, '?view=side');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { name: 'History' }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await soon(() => page.url()).toBe(`${site.url}/jobs/${job.id}?view=side`);
      expect((await client.job(job.id)).state).toBe('done');
    });

    it('criterion 24: hundreds of results begin to arrive within two seconds, and go on where they were cut off', async () => {
      const image = await client.upload(await photo('coffee.png'), 'coffee.png');
      const wish = { pipeline: [{ op: 'invert' }], output: { format: 'png' } };
      await client.ended((await client.submit(image, wish)).id);
      const { batch } = await client.json<{ batch: string }>('/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ images: Array.from({ length: long ? 500 : 60 }, () => image), ...wish }),
      });
      const path = `/batches/${batch}/results.zip`;
      const begin = performance.now();
      const cut = await client.call(path);
      const reader = cut.body!.getReader();
      const chunks: Uint8Array[] = [];
      for (let bytes = 0; bytes < 5_000_000; bytes += chunks.at(-1)!.length) {
        const { value } = await reader.read();
        if (chunks.length === 0) expect(performance.now() - begin).toBeLessThan(long ? 2000 : 20_000);
        chunks.push(value as Uint8Array);
      }
      await reader.cancel();
      const first = Buffer.concat(chunks);
      const range = { range: `bytes=${String(first.length)}-`, 'if-range': cut.headers.get('etag') ?? '' };
      const rest = await client.call(path, { headers: range });
      expect(rest.status).toBe(206);
      const hash = createHash('sha256').update(first);
      for await (const chunk of rest.body!) hash.update(chunk as Uint8Array);
      const whole = createHash('sha256');
      for await (const chunk of (await client.call(path)).body!) whole.update(chunk as Uint8Array);
      expect(hash.digest('hex')).toBe(whole.digest('hex'));
    });

    it.runIf(long)('opens a result of 144 megapixels without fetching the file', async () => {
      const heavy = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#803020' } })
        .jpeg()
        .toBuffer();
      const image = await client.upload(heavy, 'scan.jpg');
      const submitted = await client.submit(image, { pipeline: [{ op: 'invert' }], output: { format: 'png' } });
      const done = await client.ended(submitted.id);
      expect(done.state, JSON.stringify(done.error)).toBe('done');
      let bytes = 0;
      const paths: string[] = [];
      page.on('response', (response) => {
        paths.push(new URL(response.url()).pathname);
        bytes += Number(response.headers()['content-length'] ?? 0);
      });
      await page.goto(`${site.url}/jobs/${done.id}?view=result&x=6000&y=6000&zoom=1`);
      await stages(page).first().waitFor({ timeout: 120_000 });
      await page.waitForLoadState('load');
      await soon(() => paths.filter((path) => /\/zoom\/\d+\/\d+\/\d+$/.test(path)).length).toBeGreaterThan(5);
      expect(paths.filter((path) => path.endsWith('/result') || path.endsWith('/file'))).toEqual([]);
      expect(bytes).toBeLessThan(3_000_000);
    });
  });
}

/** What an address tells of a view, to tenths of a pixel of the picture. */
function seenBy(address: string): Record<string, unknown> {
  const keys = Object.fromEntries(new URL(address).searchParams);
  const tenths = (key: string): number => Math.round(Number(keys[key]) * 10);
  return { ...keys, x: tenths('x'), y: tenths('y'), zoom: Number(Number(keys.zoom).toPrecision(4)) };
}

/** Share of the pixels of two pictures that a person could tell apart. */
async function differentShare(a: Buffer, b: Buffer): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((png) => sharp(png).removeAlpha().raw().toBuffer()));
  if (one!.length !== other!.length) return 1;
  let different = 0;
  for (let at = 0; at < one!.length; at += 3) {
    const distance = Math.max(...[0, 1, 2].map((channel) => Math.abs(one![at + channel]! - other![at + channel]!)));
    if (distance > 8) different += 1;
  }
  return different / (one!.length / 3);
}
