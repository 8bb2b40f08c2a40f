// Visits a running site as somebody new would, and takes the pictures of the documentation on the way: thirty photos and
// one scan of 144 megapixels, a pipeline of three operations, watched, compared, and downloaded as one archive.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { JobDto } from '@tessera/contracts';
import { AppError, parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { heavyImage } from '../../bench/inputs.ts';
import { chooseFormat, chooseOperation, openResult, openSite, start } from '../../tests/e2e/page/site.ts';
import { stateCounts } from '../../tests/e2e/page/watch-page.ts';
import { findChromium } from '../../tests/services/chromium.ts';
import { waitUntil } from '../../tests/services/wait-until.ts';
import { createTemporaryFolder } from '../../tests/services/temporary-folder.ts';

const PHOTOS = ['astronaut.png', 'coffee.png', 'chelsea.png', 'rocket.jpg'];
const STEPS = ['Median', 'Sharpen', 'Swap red and blue'];
const SCAN = 'gallery wall, scanned.jpg';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const pictures = path('docs/images/visit');

/** Thirty photos, no two alike: parts of the fixtures in other colours. */
async function makePhotos(folder: string): Promise<readonly string[]> {
  const made: string[] = [];
  for (let index = 0; index < 30; index += 1) {
    const photo = path(`fixtures/photos/${PHOTOS[index % PHOTOS.length] ?? ''}`);
    const { width, height } = await sharp(photo).metadata();
    const part = { left: (index * 7) % 60, top: (index * 5) % 40, width: width - 60, height: height - 40 };
    const file = join(folder, `holiday ${String(index + 1).padStart(2, '0')}.jpg`);
    await sharp(photo)
      .removeAlpha()
      .extract(part)
      .flop(index % 8 > 3)
      .modulate({ hue: (index * 24) % 360, brightness: 0.9 + (index % 5) * 0.05 })
      .jpeg({ quality: 90 })
      .toFile(file);
    made.push(file);
  }
  return made;
}

/** Milliseconds for what a busy machine takes its time for. */
const PATIENCE = 180_000;

/** Waits until every picture in the window is there. */
const pictured = async (page: Page): Promise<void> => {
  const isPictured = (): Promise<boolean> =>
    page.evaluate(`(() => {
      const seen = [...document.querySelectorAll('main img')].filter((image) => {
        const { top, bottom } = image.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
      });
      return seen.length > 0 && seen.every((image) => image.complete && image.naturalWidth > 0);
    })()`);
  await waitUntil('all pictures in the window are there', isPictured, { ms: PATIENCE, every: 250 });
  // They fade in.
  await page.waitForTimeout(1000);
};

/** Waits until some regions are done, some are worked on, and some wait. */
const halfDone = async (page: Page): Promise<void> => {
  const isHalfDone = async (): Promise<boolean> => {
    const { done = 0, running = 0, waiting = 0 } = await stateCounts(page);
    return running > 0 && waiting > 0 && done / (done + running + waiting) > 0.4;
  };
  await waitUntil('about half of the regions are done', isHalfDone, { ms: PATIENCE, every: 100 });
};

const take = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
};

const folder = await createTemporaryFolder('visit');
await mkdir(pictures, { recursive: true });
const config = parseConfig(standaloneConfigShape, { PORT: '0', TESSERA_DATA: `${folder.path}/data` });
const site = await startStandalone(config, silentLogger());
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  const scan = join(folder.path, SCAN);
  await copyFile(await heavyImage(12_000), scan);
  const files = [scan, ...(await makePhotos(folder.path))];
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  const page = await context.newPage();
  await openSite(page, site.url);
  await take(page, '1-empty');

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose images' }).click();
  await (await chooser).setFiles([...files]);
  await page.getByText('31 images ready').waitFor({ timeout: PATIENCE });
  for (const title of STEPS) await chooseOperation(page, title);
  await chooseFormat(page, 'PNG');
  await page.getByText('Preview is being made').waitFor({ state: 'detached', timeout: PATIENCE });
  await page.getByText(/^Results? about/).waitFor({ timeout: PATIENCE });
  await take(page, '2-composed');

  await start(page);
  await page.waitForTimeout(2500);
  await take(page, '3-batch');
  const batch = page.url();
  const answer = await page.request.get(batch.replace('/w/', '/api/v1/batches/'));
  const { jobs } = (await answer.json()) as { jobs: readonly JobDto[] };
  const heavy = jobs.find(({ image }) => image.name === SCAN);
  if (!heavy) throw new AppError('INTERNAL', { message: 'The scan is not in the batch.' });
  await page.goto(new URL(`/jobs/${heavy.id}`, batch).href);
  await halfDone(page);
  await take(page, '4-watched');

  await openResult(page, heavy);
  await page.locator('[role=application][aria-busy=false]').nth(1).waitFor({ timeout: PATIENCE });
  await take(page, '5-compared');
  await page.goto(batch);
  await page.getByText('31 done').waitFor({ timeout: PATIENCE });
  await pictured(page);
  await take(page, '6-done');
  const arriving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download all' }).click();
  const archive = await (await arriving).path();
  await promisify(execFile)('unzip', ['-tq', archive]);
  const bytes = (await readFile(archive)).length;
  process.stdout.write(`The archive of ${files.length} results has ${String(bytes)} bytes and is whole.\n`);
} finally {
  await browser.close();
  await site.close();
  await folder.remove();
}
