import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { JobDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient, type JobWish } from '../../cluster/site-client.ts';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit } from './browser.ts';
import { noteShown, shownOf, stateCounts, tableCounts } from './watch-page.ts';

const photo = fileURLToPath(new URL('../../../fixtures/photos/astronaut.png', import.meta.url));
const JOB_TIMEOUT = 150_000;

/** Asks again until it is so. */
const soon = <T>(what: () => T) => expect.poll(what, { timeout: 20_000 });

/** A picture of a size, with enough in it to take its time. */
export async function picture(width: number, height: number): Promise<Uint8Array> {
  const image = sharp(await readFile(photo)).resize(width, height, { fit: 'fill' });
  return new Uint8Array(await image.jpeg({ quality: 90 }).toBuffer());
}

/** What a visitor sees of work under way, and of work that is done; on the form where one process does all. */
export function watchContract(name: string, startSite: () => Promise<Site>): void {
  describe(`watching work (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let client: SiteClient;
    let image: string;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
      client = new SiteClient(site.url);
      image = await client.upload(await picture(4000, 1200), 'astronaut.jpg');
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    const submit = (
      pipeline: JobWish['pipeline'] = [{ op: 'gaussian-blur', params: { ksize: 31 } }, { op: 'canny' }],
    ): Promise<JobDto> => client.submit(image, { pipeline, output: { format: 'tiff' }, split: 'always' });
    const own = async (page: Page): Promise<void> => {
      const [cookie, value] = client.cookie.split('=');
      await page.context().addCookies([{ name: cookie ?? '', value: value ?? '', url: site.url }]);
    };
    const ended = async (id: string): Promise<JobDto> => {
      for (;;) {
        const job = await client.json<JobDto>(`/jobs/${id}`);
        if (job.state !== 'queued' && job.state !== 'running') return job;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    /** Opens the page of a job in the middle of its replay. */
    const replay = async (job: JobDto, search = '', options = {}) => {
      const visitor = await visit(browser, options);
      const whole = Date.parse(job.timings.finishedAt ?? '') - Date.parse(job.timings.createdAt);
      await visitor.page.goto(`${site.url}/jobs/${job.id}?t=${String(whole / 2000)}${search}`);
      await visitor.page.getByRole('slider', { name: 'Time of the replay' }).waitFor();
      return { ...visitor, whole };
    };

    it(
      'criterion 15 and 16: one region tells start, quarters and end; the bar has the name of the job and says it in words',
      async () => {
        const { page, context, complaints } = await visit(browser);
        await own(page);
        await page.goto(site.url);
        await page.getByText('Live', { exact: true }).waitFor();
        await noteShown(page, 'astronaut.jpg');
        const job = await submit();
        await page.goto(`${site.url}/jobs/${job.id}`);
        await noteShown(page, 'astronaut.jpg');
        const bar = page.getByRole('progressbar', { name: 'astronaut.jpg', exact: true });
        await bar.waitFor();
        await expect
          .poll(() => bar.getAttribute('aria-valuetext'), { timeout: 30_000 })
          .toMatch(/regions|picture|file/);
        await page.getByText('Download').first().waitFor({ timeout: JOB_TIMEOUT });
        await expect
          .poll(async () => (await shownOf(page)).said.at(-1)?.text, { timeout: 30_000 })
          .toBe('astronaut.jpg is done.');
        const { said, statuses, texts } = await shownOf(page);
        // None only before the page is there.
        expect(Math.max(...statuses)).toBe(1);
        expect(new Set(said.map(({ text }) => text)).size).toBe(said.length);
        for (const [n, { at }] of said.entries()) if (n > 0) expect(at - said[n - 1]!.at).toBeGreaterThan(4900);
        expect(said.filter(({ text }) => text.includes('is done'))).toHaveLength(1);
        expect(texts.length).toBeGreaterThan(0);
        for (const { text } of texts) expect(text).not.toMatch(/NaN|Infinity|undefined|\b0 s\b/);
        expect(complaints).toEqual([]);
        await context.close();
      },
      JOB_TIMEOUT,
    );

    it(
      'criterion 8: the time left changes every two seconds at most',
      async () => {
        const { page, context } = await visit(browser);
        const job = await submit();
        await page.goto(`${site.url}/jobs/${job.id}`);
        await noteShown(page, 'astronaut.jpg');
        await ended(job.id);
        const { texts } = await shownOf(page);
        const told = texts.filter(({ text }) => text.includes('left'));
        for (const [n, { at }] of told.entries()) if (n > 0) expect(at - told[n - 1]!.at).toBeGreaterThan(1900);
        await context.close();
      },
      JOB_TIMEOUT,
    );

    it(
      'criterion 17: the picture and its table say the same at any time of the replay, and choose for each other',
      async () => {
        const job = await ended((await submit()).id);
        const { page, context, whole, complaints } = await replay(job, '&table=true');
        const slider = page.getByRole('slider', { name: 'Time of the replay' });
        for (const share of [0, 0.3, 0.6, 0.85, 1]) {
          await slider.fill(String(Math.round((whole * share) / 10) * 10));
          await expect
            .poll(async () => JSON.stringify(await tableCounts(page)), { timeout: 10_000 })
            .toBe(JSON.stringify(await stateCounts(page)));
        }
        expect((await stateCounts(page)).done).toBe(job.stages[0]?.tasks);
        // By keyboard from the picture to the table, by click from the table to the picture.
        const regions = page.getByRole('listbox', { name: 'Regions of astronaut.jpg' });
        await regions.focus();
        await page.keyboard.press('End');
        const last = page.getByRole('row').last();
        await soon(() => last.getAttribute('data-chosen')).toBe('true');
        await soon(() => regions.innerText()).toMatch(/Region \d+ of \d+: Done, machine [A-Z]/);
        await page.keyboard.press('Home');
        await page.getByRole('button', { name: '2', exact: true }).click();
        await soon(() => regions.innerText()).toContain('Region 2 of');
        // The time is in the address: a link shows the same.
        await slider.fill(String(Math.round(whole / 30) * 10));
        await soon(() => page.url()).toMatch(/[?&]t=\d/);
        const shown = await stateCounts(page);
        await soon(() => Number(new URL(page.url()).searchParams.get('t'))).toBeLessThan(whole / 2000);
        await page.reload();
        await soon(() => stateCounts(page)).toEqual(shown);
        expect(complaints).toEqual([]);
        await context.close();
      },
      JOB_TIMEOUT,
    );

    it.runIf(long)(
      'another visitor’s job opened by link is told live, and is in no list of the one who opened it',
      async () => {
        const { page, context } = await visit(browser);
        await page.goto(`${site.url}/help`);
        const job = await submit([{ op: 'invert' }]);
        await page.goto(`${site.url}/jobs/${job.id}`);
        await page.getByText('Download').first().waitFor({ timeout: JOB_TIMEOUT });
        await page.goto(`${site.url}/history`);
        await page.waitForTimeout(1500);
        expect(await page.getByText('astronaut.jpg').count()).toBe(0);
        await context.close();
      },
    );

    it('what happens before the page hears of events is seen too', async () => {
      const { page, context } = await visit(browser);
      await own(page);
      let listen = (): void => undefined;
      const ended = new Promise<void>((resolve) => (listen = resolve));
      await page.route('**/api/v1/events?*', async (route) => {
        await ended;
        await route.continue();
      });
      const small = await client.upload(await picture(640, 480), 'small.jpg');
      const body = { images: Array<string>(6).fill(small), pipeline: [{ op: 'median' }], output: { format: 'png' } };
      const { batch, jobs } = await client.json<{ batch: string; jobs: JobDto[] }>('/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...body, reuse: false }),
      });
      await page.goto(`${site.url}/w/${batch}`);
      await page.getByRole('heading', { name: '6 images' }).waitFor();
      for (const { id } of jobs) await client.ended(id);
      listen();
      // Long before the page would look by itself.
      await page.getByText('6 done', { exact: true }).waitFor({ timeout: 12_000 });
      await context.close();
    });

    it.runIf(long)(
      'a batch is told in one line, its cards lead to the jobs, and few of many are in the page',
      async () => {
        const { page, context, complaints } = await visit(browser);
        await own(page);
        const small = await client.upload(await picture(64, 48), 'small.jpg');
        const headers = { 'content-type': 'application/json' };
        const body = {
          images: Array<string>(120).fill(small),
          pipeline: [{ op: 'invert' }],
          output: { format: 'png' },
        };
        const { batch } = await client.json<{ batch: string }>('/jobs', {
          method: 'POST',
          headers,
          body: JSON.stringify({ ...body, reuse: false }),
        });
        await page.goto(`${site.url}/w/${batch}`);
        await page.getByRole('heading', { name: '120 images' }).waitFor();
        expect(
          await page.getByRole('list', { name: 'Images of the batch' }).getByRole('listitem').count(),
        ).toBeLessThan(80);
        await page.getByText('120 done', { exact: true }).waitFor({ timeout: JOB_TIMEOUT });
        await expect
          .poll(() => page.getByRole('progressbar', { name: 'Progress of the batch' }).getAttribute('aria-valuenow'))
          .toBe('100');
        expect(await page.getByRole('link', { name: 'Download all' }).getAttribute('href')).toContain(batch);
        await page.getByRole('listitem').first().getByRole('link').click();
        await page.waitForURL(/\/jobs\//);
        expect(complaints).toEqual([]);
        await context.close();
      },
    );
  });
}
