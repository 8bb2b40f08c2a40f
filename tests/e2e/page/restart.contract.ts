import type { JobDto } from '@tessera/contracts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import type { MortalSite, StartMortalSite } from '../mortal-site.ts';
import { cookieOf, launchBrowser, visit } from './browser.ts';
import { noteShown, shownOf } from './watch-page.ts';
import { picture } from './watch.contract.ts';

const TIMEOUT = 170_000;

/** What a visitor with an open page may expect when the master dies and comes back. */
export function restartContract(name: string, startSite: StartMortalSite): void {
  describe(`a restart (${name})`, () => {
    let site: MortalSite;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    it(
      'in the middle of a job: the open page goes on to its end, with no reload, and the result is exact',
      async () => {
        const client = new SiteClient(site.url);
        const image = await client.upload(await picture(6000, 4500), 'large.jpg');
        const { page, context } = await visit(browser);
        await context.addCookies([cookieOf(client.cookie, site.url)]);
        const job = await client.submit(image, {
          pipeline: [{ op: 'median', params: { ksize: 5 } }, { op: 'canny' }, { op: 'median' }],
          output: { format: 'tiff' },
          split: 'always',
          verify: true,
        });
        await page.goto(`${site.url}/jobs/${job.id}`);
        await noteShown(page, 'large.jpg');
        await expect.poll(async () => (await shownOf(page)).values.at(-1) ?? 0, { timeout: 60_000 }).toBeGreaterThan(5);
        await site.kill();
        await page.getByRole('alert').waitFor({ timeout: 20_000 });
        await site.start();
        await page.getByRole('alert').waitFor({ state: 'detached', timeout: 30_000 });
        await page.getByText('Download').first().waitFor({ timeout: TIMEOUT });
        const { values } = await shownOf(page);
        expect(values).toEqual([...values].sort((a, b) => a - b));
        expect(values).not.toContain(100);
        expect((await client.json<JobDto>(`/jobs/${job.id}`)).result?.verified).toBe(true);
        // It is still this visitor's: the cookie and the list outlived the restart too.
        expect((await client.json<{ jobs: JobDto[] }>('/jobs')).jobs.map(({ id }) => id)).toEqual([job.id]);
        await context.close();
      },
      TIMEOUT,
    );
  });
}
