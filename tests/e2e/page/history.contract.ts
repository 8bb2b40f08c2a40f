import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { long } from '../long.ts';
import type { BreakableSite, StartSite } from '../breakable-site.ts';
import { cookieOf, launchBrowser, visit, type Visit } from './browser.ts';
import { choose, chooseFromMenu, focused, historyItem, historyItems, historyNames, openHistory } from './history.ts';

const photo = (name: string): Promise<Uint8Array> =>
  readFile(fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url)));

/** Asks again until it is so. */
const soon = <T>(what: () => T) => expect.poll(what, { timeout: 15_000 });

/** What a visitor may expect of the list of everything that was made. */
export function historyContract(name: string, startSite: StartSite): void {
  describe(`the history (${name})`, () => {
    let site: BreakableSite;
    let browser: Browser;
    let client: SiteClient;
    let visitor: Visit;
    let page: Page;

    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });
    beforeEach(async () => {
      client = new SiteClient(site.url);
      visitor = await visit(browser);
      ({ page } = visitor);
    });
    afterEach(async () => {
      await visitor.context.close();
      expect(visitor.complaints).toEqual([]);
      expect([...visitor.hosts].filter((host) => host !== '' && host !== new URL(site.url).host)).toEqual([]);
    });

    /** The browser becomes the visitor who made the jobs. */
    const become = async (of = client): Promise<void> => visitor.context.addCookies([cookieOf(of.cookie, site.url)]);
    const make = async (file: string, op = 'invert', from = client): Promise<JobDto> => {
      const image = await from.upload(await photo('coffee.png'), file);
      const job = await from.submit(image, { pipeline: [{ op }], output: { format: 'png' } });
      return from.ended(job.id);
    };

    it('finds jobs by words, state and day; the address holds what is shown', async () => {
      await make('river.png', 'gaussian-blur');
      await make('mountain.png');
      await make('50%_off.png');
      await become();
      await openHistory(page, site.url);
      await soon(() => historyNames(page)).toEqual(['50%_off.png', 'mountain.png', 'river.png']);
      const search = page.getByRole('searchbox', { name: 'File or operation' });
      for (const [words, names] of [
        ['MOUNT', ['mountain.png']],
        ['gaussian blur', ['river.png']],
        ['%', ['50%_off.png']],
      ] as const) {
        await search.fill(words);
        await soon(() => historyNames(page)).toEqual(names);
      }
      expect(new URL(page.url()).searchParams.get('q')).toBe('%');
      await page.reload();
      await soon(() => historyNames(page)).toEqual(['50%_off.png']);
      await page.getByRole('button', { name: 'Show all' }).click();
      await soon(() => historyItems(page).count()).toBe(3);
      await page.getByRole('combobox', { name: 'State' }).selectOption('Failed');
      await page.getByText('No job is like that.').waitFor();
      await page.getByRole('combobox', { name: 'State' }).selectOption('Done');
      await page.getByLabel('To', { exact: true }).fill('2020-01-01');
      await page.getByText('No job is like that.').waitFor();
      await openHistory(page, site.url, '?state=done&from=2020-01-01&as=grid');
      await soon(() => historyItems(page).count()).toBe(3);
    });

    it.runIf(long)('keeps many jobs out of the page, and pages through all of them', async () => {
      const image = await client.upload(await photo('coffee.png'), 'many.png');
      await client.ended((await client.submit(image, { pipeline: [{ op: 'median' }], output: { format: 'png' } })).id);
      const body = JSON.stringify({
        images: Array.from({ length: 300 }, () => image),
        pipeline: [{ op: 'median' }],
        output: { format: 'png' },
      });
      await client.json('/jobs', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      await become();
      await openHistory(page, site.url);
      await historyItems(page).first().waitFor();
      let most = 0;
      await waitUntil(
        'the whole list was scrolled through',
        async () => {
          await page.mouse.wheel(0, 4000);
          most = Math.max(most, await historyItems(page).count());
          return (await page.getByText('301 jobs').count()) === 1;
        },
        { ms: 20_000, every: 50 },
      );
      expect(most).toBeLessThanOrEqual(60);
    });

    it('shows nothing of another visitor', async () => {
      await make('secret.png');
      const other = new SiteClient(site.url);
      await make('own.png', 'invert', other);
      await become(other);
      await openHistory(page, site.url);
      await soon(() => historyNames(page)).toEqual(['own.png']);
      await openHistory(page, site.url, '?q=secret');
      await page.getByText('No job is like that.').waitFor();
    });

    it.runIf(long)('says how long a job is kept, and shows none that is over', async () => {
      const brief = await startSite({ KEEP_RESULTS_HOURS: '0.0011', SWEEP_SECONDS: '1' });
      const guest = await visit(browser);
      try {
        const owner = new SiteClient(brief.url);
        const job = await make('brief.png', 'invert', owner);
        await guest.context.addCookies([cookieOf(owner.cookie, brief.url)]);
        await openHistory(guest.page, brief.url);
        await historyItem(guest.page, 'brief.png')
          .getByText(/Kept until .*\d{4}/)
          .waitFor();
        await soon(async () => (await owner.call(`/jobs/${job.id}`)).status).toBe(404);
        await guest.page.reload();
        await guest.page.getByText('Nothing yet. Drop an image.').waitFor();
      } finally {
        await guest.context.close();
        await brief.stop();
      }
    });

    it.runIf(long)('says in four parts why a job failed, shows where, and tries it again', async () => {
      const photo = await sharp({ create: { width: 600, height: 900, channels: 3, background: 'gray' } })
        .png()
        .toBuffer();
      const image = await client.upload(photo, 'lost.png');
      // The source is away for a while.
      await site.break([image]);
      const wish = { pipeline: [{ op: 'median' }], output: { format: 'png' }, split: 'always' } as const;
      const failed = await client.ended((await client.submit(image, wish)).id);
      expect(failed.error?.code).toBe('SOURCE_MISSING');
      await become();
      await openHistory(page, site.url);
      const row = historyItem(page, 'lost.png');
      await row.getByText('Could not be finished').waitFor();
      for (const part of ['no longer stored', 'Drop the image again.', 'Other jobs go on.']) {
        await row.getByText(part).waitFor();
      }
      await row.getByText('Details').click();
      await row.getByText(`Job ${failed.id}`).waitFor();
      await site.mend();
      await row.getByRole('button', { name: 'Try lost.png again' }).press('Enter');
      await row.getByText(/^Done in/).waitFor({ timeout: 60_000 });
      expect((await client.job(failed.id)).state).toBe('done');
    });

    it('criterion 22: what is deleted leaves at once and can be brought back for ten seconds', async () => {
      for (const file of ['a.png', 'b.png', 'c.png', 'd.png']) await make(file);
      const [, , b] = (await client.json<{ jobs: JobDto[] }>('/jobs')).jobs;
      const deleted: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/jobs/forget')) deleted.push(request.postData() ?? '');
      });
      await page.clock.install();
      await become();
      await openHistory(page, site.url, '?state=done');
      const all = ['d.png', 'c.png', 'b.png', 'a.png'];
      await soon(() => historyNames(page)).toEqual(all);
      const address = page.url();
      await choose(page, 'b.png');

      await chooseFromMenu(page, 'b.png', 'Delete');
      await soon(() => historyNames(page)).toEqual(['d.png', 'c.png', 'a.png']);
      await soon(() => focused(page)).toBe('A a.png');
      const undo = page.getByRole('button', { name: 'Undo' });
      await undo.focus();
      await page.clock.fastForward(60_000);
      await undo.press('Enter');
      await soon(() => historyNames(page)).toEqual(all);
      await soon(() => focused(page)).toBe('A b.png');
      expect(await page.getByRole('checkbox', { name: 'Choose b.png' }).isChecked()).toBe(true);
      expect(page.url()).toBe(address);

      await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
      await soon(() => historyNames(page)).toEqual(['d.png', 'c.png', 'a.png']);
      await undo.hover();
      await page.clock.fastForward(60_000);
      await page.keyboard.press('Control+z');
      await soon(() => historyNames(page)).toEqual(all);
      expect(deleted).toEqual([]);

      await page.mouse.move(600, 20);
      await chooseFromMenu(page, 'b.png', 'Delete');
      await page.clock.fastForward(9000);
      expect(deleted).toEqual([]);
      expect((await client.call(`/jobs/${b!.id}`)).status).toBe(200);
      await page.clock.fastForward(1100);
      await soon(async () => (await client.call(`/jobs/${b!.id}`)).status).toBe(404);
      expect(deleted).toHaveLength(1);
      await soon(() => undo.count()).toBe(0);
      await page.reload();
      await soon(() => historyNames(page)).toEqual(['d.png', 'c.png', 'a.png']);
    });

    it('criterion 22: a deletion that waits is done when the page is left', async () => {
      const [first, second] = [await make('one.png'), await make('two.png')];
      await become();
      await openHistory(page, site.url);
      await choose(page, 'one.png');
      await choose(page, 'two.png');
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText('2 jobs are deleted.').first().waitFor();
      await page.goto('about:blank');
      for (const { id } of [first, second]) {
        await soon(async () => (await client.call(`/jobs/${id}`)).status).toBe(404);
      }
    });

    it.runIf(long)('downloads, copies links and runs again what is chosen', async () => {
      await make('x.png');
      await make('y.png');
      await become();
      await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await openHistory(page, site.url);
      await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
      const arriving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download 2 results' }).click();
      const archive = await arriving;
      expect(archive.suggestedFilename()).toMatch(/^tessera-\d{4}-\d\d-\d\d\.zip$/);
      expect((await readFile(await archive.path())).subarray(0, 2).toString()).toBe('PK');

      const link = historyItem(page, 'x.png').getByRole('button', { name: 'Copy the link of x.png' });
      await link.click();
      await historyItem(page, 'x.png').getByRole('button', { name: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/\/jobs\/[\w-]{22}$/);

      await page.getByRole('button', { name: 'Run again' }).click();
      await soon(() => historyNames(page)).toEqual(['x.png', 'y.png', 'y.png', 'x.png']);
    });
  });
}
