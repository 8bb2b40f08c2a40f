import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ImageDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tiffHead } from '../../../components/master/src/testing/tiff-picture.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../services/temporary-folder.ts';
import type { MortalSite, StartMortalSite } from '../mortal-site.ts';
import { launchBrowser, visit } from './browser.ts';
import { startLossyProxy } from './lossy-proxy.ts';
import { allReady, boundUpload, loseNetwork, trayRegion, trayRow, uploadShare } from './tray.ts';

/** Bytes of the file, at least. */
const BYTES = 300e6;

const [WIDTH, HEIGHT] = [17_500, 17_600];

/** A TIFF of 300 MB, no piece of which is like another. */
async function writeLargeFile(file: string): Promise<void> {
  function* pieces(): Generator<Uint8Array> {
    yield tiffHead(WIDTH, HEIGHT);
    for (let row = 0; row < HEIGHT; row += 100) yield randomBytes(WIDTH * Math.min(100, HEIGHT - row));
  }
  await pipeline(Readable.from(pieces()), createWriteStream(file));
}

/** What a visitor may expect of a file of 300 MB, whatever happens on its way. */
export function largeUploadContract(name: string, startSite: StartMortalSite): void {
  describe(`a file of 300 MB (${name})`, () => {
    let site: MortalSite;
    let browser: Browser;
    let folder: TemporaryFolder;
    let file: string;
    let sha256: string;

    beforeAll(async () => {
      folder = await createTemporaryFolder('large-file');
      file = join(folder.path, 'large.tif');
      [site, browser] = await Promise.all([startSite(), launchBrowser(), writeLargeFile(file)]);
      expect((await stat(file)).size).toBeGreaterThan(BYTES);
      sha256 = await sha256Of(createReadStream(file));
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
      await folder.remove();
    });

    /** The image is the file, by what the site says of it and by what it gives back. */
    const expectArrived = async (page: Page): Promise<void> => {
      const [image] = await storedImages(page);
      expect(image?.sha256).toBe(sha256);
      const answer = await fetch(`${site.url}/api/v1/images/${image?.id ?? ''}/file`);
      expect(await sha256Of(Readable.fromWeb(answer.body as never))).toBe(sha256);
    };

    it('criterion 9: outlives a pause, a lost network, a killed master and a reload; what was sent is not sent again', async () => {
      const { page, context, complaints } = await visit(browser);
      const began = performance.now();
      await page.goto(site.url);
      const offsets = noteOffsets(page);
      await boundUpload(page, 8_000_000);
      await choose(page, file, /^(Choose|Add) images$/);

      const shown: number[] = [];
      const reach = async (share: number): Promise<void> => {
        await expect
          .poll(
            async () => {
              const now = await uploadShare(page, 'large.tif');
              if (now !== undefined) shown.push(now);
              return now ?? 0;
            },
            { timeout: 90_000, interval: 250 },
          )
          .toBeGreaterThanOrEqual(share);
      };
      await reach(12);
      await page.getByRole('button', { name: 'Pause the upload of large.tif' }).click();
      await trayRow(page, 'large.tif')
        .getByText(/^Paused/)
        .waitFor();
      const requests = offsets.length;
      await page.waitForTimeout(1500);
      expect(offsets).toHaveLength(requests);
      await page.getByRole('button', { name: 'Go on with large.tif' }).click();
      await reach(25);

      await loseNetwork(page);
      await page.getByRole('alert').waitFor({ timeout: 10_000 });
      await boundUpload(page, 8_000_000);
      await page.getByRole('alert').waitFor({ state: 'detached', timeout: 15_000 });
      await reach(40);

      await site.kill();
      await page.getByRole('alert').waitFor({ timeout: 10_000 });
      await site.start();
      await page.getByRole('alert').waitFor({ state: 'detached', timeout: 15_000 });
      await reach(55);

      await page.reload();
      const row = trayRow(page, 'large.tif');
      await row.getByText(/^Choose again to continue \(\d+% is kept\)$/).waitFor({ timeout: 5000 });
      const kept = Number(/(\d+)%/.exec(await row.innerText())?.[1]);
      expect(kept).toBeGreaterThanOrEqual(50);
      shown.push(kept);
      offsets.length = 0;
      await choose(page, file, 'Choose large.tif again');
      await expect.poll(() => offsets.length, { timeout: 30_000 }).toBeGreaterThan(0);
      // A segment of 8 MiB may have been under way.
      expect(offsets[0]).toBeGreaterThan(BYTES * (kept / 100) - 24e6);
      await boundUpload(page, 0);
      await allReady(page, 1);
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
      expect(await row.innerText()).toContain('17,500 × 17,600');
      await expectArrived(page);
      process.stdout.write(`300 MB, interrupted four times (${name}): ${secondsSince(began)} s\n`);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('criterion 6: arrives as it is, and its bar never falls, while 5 % of the chunks are lost', async () => {
      const proxy = await startLossyProxy({ target: site.url, chunkBytes: 1024 * 1024, every: 20 });
      try {
        const { page, context } = await visit(browser);
        const began = performance.now();
        await page.goto(proxy.url);
        await choose(page, file, /^(Choose|Add) images$/);
        const shown: number[] = [];
        await expect
          .poll(
            async () => {
              const now = await uploadShare(page, 'large.tif');
              if (now !== undefined) shown.push(now);
              return trayRegion(page).getByText('1 image ready').count();
            },
            { timeout: 300_000, interval: 250 },
          )
          .toBe(1);
        const { all, lost } = proxy.chunks;
        process.stdout.write(
          `300 MB on a bad line (${name}): ${String(lost)} of ${String(all)} chunks were lost, ${secondsSince(began)} s\n`,
        );
        expect(lost / all).toBeGreaterThan(0.04);
        expect(shown).toEqual([...shown].sort((a, b) => a - b));
        expect(shown).not.toContain(100);
        await expectArrived(page);
        await context.close();
      } finally {
        await proxy.close();
      }
    }, 600_000);
  });
}

const secondsSince = (began: number): string => ((performance.now() - began) / 1000).toFixed(0);

/** The images that the tray holds, as this browser keeps them. */
function storedImages(page: Page): Promise<readonly ImageDto[]> {
  return page.evaluate<readonly ImageDto[]>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('tessera');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('uploads').objectStore('uploads').getAll();
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () => resolve(reading.result.flatMap(({ image }) => image ?? []));
    };
  })`);
}

async function sha256Of(bytes: AsyncIterable<unknown>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function choose(page: Page, file: string, button: string | RegExp): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chooser).setFiles(file);
}

/** The offsets from which bytes are sent. */
function noteOffsets(page: Page): number[] {
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  return offsets;
}
