// Visits the map of a running site as somebody with satellite scenes would, and takes the pictures of the documentation on
// the way: an index of band files, two indices side by side, a mosaic by two corners, and what is shared.
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { chromium, type Page } from 'playwright-core';
import { ScenesServer } from '../../components/master/src/testing/scenes-server.ts';
import { accessTo } from '../../tests/cluster/known-hosts.ts';
import { SiteClient } from '../../tests/cluster/site-client.ts';
import { cookieOf } from '../../tests/e2e/page/browser.ts';
import { stage, waitForPicture } from '../../tests/e2e/page/map.ts';
import { findChromium } from '../../tests/services/chromium.ts';
import { runCommand } from '../../tests/services/run-command.ts';
import { createTemporaryFolder } from '../../tests/services/temporary-folder.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const python = (script: string, ...args: readonly string[]): Promise<string> =>
  runCommand('/usr/bin/python3', ['-W', 'ignore', path(script), ...args]);
const pictures = path('docs/images/satellite');
const take = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(1200);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
};

const folder = await createTemporaryFolder('satellite');
await mkdir(pictures, { recursive: true });
await python('tests/e2e/landsat-bands.py', folder.path);
const scenesFolder = await mkdtemp(join(folder.path, 'scenes-'));
const scenes = await ScenesServer.start(
  scenesFolder,
  await python('components/master/src/mosaics/oracle.py', 'make', scenesFolder),
);
const given = { PORT: '0', TESSERA_DATA: `${folder.path}/data`, ...scenes.settings };
const urls = accessTo({ 'scenes.example': '127.0.0.1' });
const site = await startStandalone(parseConfig(standaloneConfigShape, given), silentLogger(), { urls });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  const client = new SiteClient(site.url);
  await client.json('/jobs');
  const context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 860 }, colorScheme: 'light' as const, reducedMotion: 'reduce' as const },
  });
  await context.addCookies([cookieOf(client.cookie, site.url)]);
  const page = await context.newPage();
  const make = async (title: string, files: readonly string[]): Promise<string> => {
    await page.goto(`${site.url}/map?tab=make`);
    await page.getByLabel('Index', { exact: true }).selectOption({ label: title });
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose band files' }).click();
    await (await chooser).setFiles(files.map((file) => join(folder.path, file)));
    if (title === 'NDVI') await take(page, '1-make');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.waitForURL(/product=/);
    await waitForPicture(page);
    return new URL(page.url()).searchParams.get('product') ?? '';
  };
  const ndvi = await make('NDVI', ['red.tif', 'nir.tif']);
  const box = await stage(page).boundingBox();
  if (!box) throw new AppError('INTERNAL', { message: 'The map is not there.' });
  await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.4);
  await take(page, '2-index');
  await page.getByRole('switch', { name: 'Everybody may see it' }).press('Space');
  const ndsi = await make('NDSI', ['green.tif', 'swir1.tif']);
  await page.goto(`${site.url}/map?product=${ndvi}&beside=${ndsi}&swipe=52`);
  await waitForPicture(page);
  await take(page, '3-compared');

  await page.goto(`${site.url}/map?tab=mosaic&lon=-87.4&lat=30.735&zoom=13`);
  await page.getByRole('button', { name: 'Draw two corners' }).click();
  await page.mouse.click(box.x + box.width * 0.28, box.y + box.height * 0.22);
  await page.getByText('Now the opposite corner.').waitFor();
  await page.mouse.click(box.x + box.width * 0.72, box.y + box.height * 0.76);
  await page.getByLabel('From', { exact: true }).fill('2021-06-01');
  await page.getByLabel('To', { exact: true }).fill('2021-07-31');
  await page.getByLabel('What', { exact: true }).selectOption('ndvi');
  await page.getByLabel('Clouds, % at most').fill('60');
  await page.getByLabel('Pixel, metres').fill('0.6');
  await take(page, '4-asked');
  await page.getByRole('button', { name: 'Make the mosaic' }).click();
  await page.waitForURL(/product=/);
  await page.getByText(/^[1-9]\d* of \d+ windows? done/).waitFor();
  await page.screenshot({ path: join(pictures, '5-windows.png') });
  await waitForPicture(page);
  await take(page, '6-mosaic');

  const image = await client.upload(await readFile(path('fixtures/photos/chelsea.png')), 'chelsea.png');
  const entries = [
    { kind: 'point', name: 'Gauge', point: [-87.41, 30.745] },
    { kind: 'rectangle', name: 'Field 7', bbox: [-87.395, 30.745, -87.38, 30.755] },
    {
      ...{ kind: 'image', name: 'Who was there', source: { image } },
      corners: [
        [-87.412, 30.735],
        [-87.392, 30.738],
        [-87.39, 30.722],
        [-87.414, 30.72],
      ],
    },
  ];
  for (const entry of entries) {
    await client.json('/catalogue/entries', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...entry, share: true }),
    });
  }
  await page.goto(`${site.url}/map?product=${ndvi}&tab=shared`);
  await waitForPicture(page);
  await take(page, '7-shared');
} finally {
  await browser.close();
  await site.close();
  await scenes.close();
  await folder.remove();
}
