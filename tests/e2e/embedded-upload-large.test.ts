import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTemporaryFolder, type TemporaryFolder } from '../services/temporary-folder.ts';
import { startEmbeddedProcess, type EmbeddedProcess } from './embedded-process.ts';
import { long } from './long.ts';
import { launchBrowser, visit } from './page/browser.ts';
import { startLossyProxy } from './page/lossy-proxy.ts';
import { allReady, boundUpload, trayRegion, trayRow, uploadShare } from './page/tray.ts';

describe.runIf(long)('a file of 300 MB', () => {
  let site: EmbeddedProcess;
  let browser: Browser;
  let folder: TemporaryFolder;
  let file: string;

  beforeAll(async () => {
    folder = await createTemporaryFolder('large-file');
    file = join(folder.path, 'large.tif');
    [site, browser] = await Promise.all([
      startEmbeddedProcess(),
      launchBrowser(),
      sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: 'teal' } })
        .tiff({ compression: 'none' })
        .toFile(file),
    ]);
    expect((await stat(file)).size).toBeGreaterThan(300e6);
  });
  afterAll(async () => {
    await browser.close();
    await site.stop();
    await folder.remove();
  });

  it('criterion 9: outlives a pause, a killed server and a reload; the part that was sent is not sent again', async () => {
    const { page, context, complaints } = await visit(browser);
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
    await reach(15);
    await page.getByRole('button', { name: 'Pause the upload of large.tif' }).click();
    await trayRow(page, 'large.tif')
      .getByText(/^Paused/)
      .waitFor();
    const requests = offsets.length;
    await page.waitForTimeout(1500);
    expect(offsets).toHaveLength(requests);
    await page.getByRole('button', { name: 'Go on with large.tif' }).click();
    await reach(35);

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
    expect(offsets[0]).toBeGreaterThan(300e6 * (kept / 100) - 24e6);
    await boundUpload(page, 0);
    await allReady(page, 1);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(await row.innerText()).toContain('10,000 × 10,000');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe.runIf(long)('a file of 300 MB on a bad line', () => {
  it('criterion 6: arrives as it is, and its bar never falls, while 5 % of the chunks are lost', async () => {
    const folder = await createTemporaryFolder('lossy');
    const file = join(folder.path, 'large.tif');
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const [site, browser] = await Promise.all([
      startEmbeddedProcess(),
      launchBrowser(),
      sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: 'teal', noise } })
        .tiff({ compression: 'none' })
        .toFile(file),
    ]);
    const proxy = await startLossyProxy({ target: site.url, chunkBytes: 1024 * 1024, every: 20 });
    try {
      const { page, context } = await visit(browser);
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
      process.stdout.write(`300 MB: ${String(lost)} of ${String(all)} chunks were lost\n`);
      expect(lost / all).toBeGreaterThan(0.04);
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
      expect(shown).not.toContain(100);
      const [image] = await storedImages(page);
      expect(image?.sha256).toBe(await sha256Of(file));
      await context.close();
    } finally {
      await browser.close();
      await proxy.close();
      await site.stop();
      await folder.remove();
    }
  }, 600_000);
});

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

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
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
