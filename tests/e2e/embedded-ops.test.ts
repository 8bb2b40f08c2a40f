import { expect, it } from 'vitest';
import { startEmbeddedSite } from './embedded-site.ts';
import { launchBrowser, visit } from './page/browser.ts';
import { opsContract } from './page/ops.contract.ts';

opsContract('embedded', startEmbeddedSite);

it('a site without a token says how to set one', async () => {
  const [site, browser] = await Promise.all([startEmbeddedSite({ ADMIN_TOKEN: '' }), launchBrowser()]);
  const { page } = await visit(browser, { locale: 'en' });
  await page.goto(`${site.url}/ops`);
  await page.getByText('This site has no operator token').waitFor();
  expect(await page.getByText('ADMIN_TOKEN=').count()).toBe(1);
  expect(await page.getByLabel('Operator token').count()).toBe(0);
  await browser.close();
  await site.stop();
});
