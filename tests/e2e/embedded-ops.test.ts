import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig, silentLogger } from '@tessera/runtime';
import { standaloneConfigShape, startStandalone } from '@tessera/standalone';
import { expect, it } from 'vitest';
import { writePgliteBeginning } from '../services/pglite-beginning.ts';
import { createTemporaryFolder } from '../services/temporary-folder.ts';
import { startEmbeddedSite } from './embedded-site.ts';
import { launchBrowser, visit } from './page/browser.ts';
import { opsContract, type OpsSite } from './page/ops.contract.ts';

const ADMIN_TOKEN = 'the-token-of-the-operator';

/** An embedded site that loses images and finds them again. */
async function start(): Promise<OpsSite> {
  const folder = await createTemporaryFolder('embedded-ops');
  const data = join(folder.path, 'data');
  const [uploads, hidden] = [join(data, 'objects/uploads'), join(folder.path, 'hidden')];
  await mkdir(hidden, { recursive: true });
  const config = parseConfig(standaloneConfigShape, {
    PORT: '0',
    TESSERA_DATA: data,
    ADMIN_TOKEN,
    REDRIVE_UNDO_SECONDS: '3',
  });
  await writePgliteBeginning(join(data, 'database/pglite'));
  const standalone = await startStandalone(config, silentLogger());
  return {
    url: standalone.url,
    adminToken: ADMIN_TOKEN,
    async break(images) {
      for (const image of images) await rename(join(uploads, image), join(hidden, image));
    },
    async mend() {
      for (const image of await readdir(hidden)) await rename(join(hidden, image), join(uploads, image));
    },
    async stop() {
      await standalone.close();
      await folder.remove();
    },
  };
}

opsContract('embedded', start);

it('a site without a token says how to set one', async () => {
  const [site, browser] = await Promise.all([startEmbeddedSite(), launchBrowser()]);
  const { page } = await visit(browser, { locale: 'en' });
  await page.goto(`${site.url}/ops`);
  await page.getByText('This site has no operator token').waitFor();
  expect(await page.getByText('ADMIN_TOKEN=').count()).toBe(1);
  expect(await page.getByLabel('Operator token').count()).toBe(0);
  await browser.close();
  await site.stop();
});
