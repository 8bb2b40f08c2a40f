// Takes the picture of the README: a running site after some photographs, as a visitor sees it.
import { fileURLToPath } from 'node:url';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { chromium } from 'playwright-core';
import {
  chooseAdvanced,
  chooseOperation,
  dropFiles,
  openSite,
  start,
  upload,
  waitForDone,
} from '../../tests/e2e/page/site.ts';
import { findChromium } from '../../tests/services/chromium.ts';
import { createTemporaryFolder } from '../../tests/services/temporary-folder.ts';

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const photos = ['astronaut.png', 'coffee.png', 'rocket.jpg'];

const folder = await createTemporaryFolder('picture');
const config = parseConfig(standaloneConfigShape, { PORT: '0', TESSERA_DATA: `${folder.path}/data` });
const site = await startStandalone(config, silentLogger());
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  await openSite(page, site.url);
  await dropFiles(
    page,
    photos.map((name) => path(`fixtures/photos/${name}`)),
  );
  for (const name of photos) await upload(page, name).waitFor();
  await chooseOperation(page, 'Canny edges');
  await chooseAdvanced(page, { split: 'Always', verify: true });
  await start(page);
  for (const name of photos) await waitForDone(page, name);
  await page.keyboard.press('Home');
  await page.waitForTimeout(1000);
  await page.screenshot({ path: path('docs/images/page.png') });
} finally {
  await browser.close();
  await site.close();
  await folder.remove();
}
