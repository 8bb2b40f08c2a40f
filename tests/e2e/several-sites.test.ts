import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../cluster/site-client.ts';
import { freePort } from '../services/free-port.ts';
import { runCommand } from '../services/run-command.ts';
import { startEmbeddedSite } from './embedded-site.ts';
import { long } from './long.ts';
import { launchBrowser, visit } from './page/browser.ts';
import { waitForPicture } from './page/map.ts';
import type { Site } from './site.contract.ts';

const TOKEN = 'the-token-of-the-member';
const BANDS = fileURLToPath(new URL('./landsat-bands.py', import.meta.url));

/** Two sites with databases and files of their own, one of which takes over what is shared at the other. */
describe.runIf(long)('products of another site', () => {
  let central: Site;
  let member: Site;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-sites-'));
    const ports = [await freePort(), await freePort()].map(String) as [string, string];
    const [here, there] = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string];
    [central, member, browser] = await Promise.all([
      startEmbeddedSite({
        ...{ PORT: ports[0], PUBLIC_URL: here, CATALOGUE_SITE: 'central', CATALOGUE_MEMBERS: `member ${TOKEN}` },
      }),
      startEmbeddedSite({
        ...{ PORT: ports[1], PUBLIC_URL: there, CATALOGUE_SITE: 'member', CATALOGUE_SYNC_SECONDS: '0.2' },
        ...{ CATALOGUE_CENTRAL_URL: here, CATALOGUE_CENTRAL_TOKEN: TOKEN },
      }),
      launchBrowser(),
      runCommand('/usr/bin/python3', [BANDS, folder]),
    ]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), central.stop(), member.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const share = async (site: Site, name: string): Promise<void> => {
    const client = new SiteClient(site.url);
    const raster = async (band: string) => ({
      raster: { image: await client.upload(await readFile(join(folder, `${band}.tif`)), `${band}.tif`) },
    });
    const bands = { red: await raster('red'), nir: await raster('nir') };
    const { job } = await client.json<{ job: JobDto }>('/products', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, share: true, product: { kind: 'index', index: { index: 'ndvi' }, bands } }),
    });
    expect(await client.ended(job.id)).toMatchObject({ state: 'done' });
  };

  it.each([
    ['the central one', 'Of the centre', () => [central, member] as const],
    ['a member', 'Of the member', () => [member, central] as const],
  ] as const)('are opened on the map of their own: those of %s', async (_where, name, sites) => {
    const [owner, other] = sites();
    await share(owner, name);
    const { page, context, complaints } = await visit(browser, { reducedMotion: 'reduce' });
    const link = page.getByRole('link', { name: new RegExp(`^${name}`) });
    await expect
      .poll(async () => {
        await page.goto(`${other.url}/map?tab=shared`);
        await page.getByRole('button', { name: 'Add an entry' }).waitFor();
        return link.count();
      })
      .toBe(1);
    const [opened] = await Promise.all([context.waitForEvent('page'), link.click()]);
    expect(new URL(opened.url()).origin).toBe(owner.url);
    await waitForPicture(opened);
    expect(complaints).toEqual([]);

    // The address that was shown here says where it is.
    await page.goto(`${other.url}/map${new URL(opened.url()).search}`);
    expect(await page.getByRole('link', { name: 'Open it there' }).getAttribute('href')).toContain(owner.url);
  });
});
