import type { JobDto } from '@tessera/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cluster } from '../cluster/cluster.ts';
import { ownServers } from '../cluster/own-servers.ts';
import { SiteClient } from '../cluster/site-client.ts';
import { launchBrowser, visit } from './page/browser.ts';
import { noteShown, shownOf } from './page/watch-page.ts';
import { picture } from './page/watch.contract.ts';
import { long } from './long.ts';

const TIMEOUT = 170_000;

/** What only machines of their own can show: one that dies, with the page open. */
describe.runIf(long)('watching work on several machines', () => {
  let cluster: Cluster;
  let browser: Browser;
  let client: SiteClient;
  let image: string;
  beforeAll(async () => {
    [cluster, browser] = await Promise.all([
      ownServers().then((servers) => Cluster.start(servers, { executors: 2, slots: 1 })),
      launchBrowser(),
    ]);
    client = new SiteClient(cluster.url);
    image = await client.upload(await picture(6000, 4500), 'large.jpg');
  });
  afterAll(async () => {
    await browser.close();
    await cluster.stop();
  });

  const submit = (): Promise<JobDto> =>
    client.submit(image, {
      pipeline: [{ op: 'median', params: { ksize: 5 } }, { op: 'canny' }, { op: 'median' }],
      output: { format: 'tiff' },
      split: 'always',
    });

  it(
    'criterion 6: progress never falls, through a killed machine and a reload; all of it only when the file is there',
    async () => {
      const { page, context, complaints } = await visit(browser);
      const job = await submit();
      await page.goto(`${cluster.url}/jobs/${job.id}`);
      await noteShown(page, 'large.jpg');
      await expect.poll(async () => (await shownOf(page)).values.at(-1) ?? 0, { timeout: 60_000 }).toBeGreaterThan(10);
      await cluster.executors[0]?.kill();
      cluster.startExecutor();
      await expect.poll(async () => (await shownOf(page)).values.at(-1) ?? 0, { timeout: 60_000 }).toBeGreaterThan(25);
      const before = (await shownOf(page)).values;
      await page.reload();
      await noteShown(page, 'large.jpg');
      await page.getByText('Download').first().waitFor({ timeout: TIMEOUT });
      const after = (await shownOf(page)).values;
      const all = [...before, ...after];
      expect(all).toEqual([...all].sort((a, b) => a - b));
      expect(all).not.toContain(100);
      expect((await fetch(`${cluster.url}/api/v1/jobs/${job.id}/result`, { method: 'HEAD' })).status).toBe(200);
      // What the dead machine had was taken over, and the replay knows it.
      const { attempts } = await client.json<{ attempts: { outcome: string }[] }>(`/jobs/${job.id}/attempts`);
      expect(attempts.some(({ outcome }) => outcome === 'lost')).toBe(true);
      expect(complaints).toEqual([]);
      await context.close();
    },
    TIMEOUT,
  );
});
