import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { RedriveDto } from '@tessera/contracts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { long } from '../long.ts';
import type { BreakableSite, StartSite } from '../breakable-site.ts';
import { launchBrowser, visit, type Visit } from './browser.ts';
import { enterToken, openGroup, OPS_PATHS } from './ops.ts';
import { WCAG } from './wcag.ts';

const JOBS = 4;

/** Both colour schemes, both widths. */
const LOOKS = [
  ['light', 1280],
  ['dark', 320],
] as const;

/** What operators may expect, and what visitors see of it. */
export function opsContract(name: string, startSite: StartSite): void {
  describe(`operator pages (${name})`, () => {
    let site: BreakableSite;
    let browser: Browser;
    let jobs: readonly string[];
    let visitor: Visit;

    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite({ REDRIVE_UNDO_SECONDS: '3' }), launchBrowser()]);
      visitor = await visit(browser, { locale: 'en' });
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    const asOperator = async (path: string, options: BrowserContextOptions = {}): Promise<Visit> => {
      const operator = await visit(browser, { locale: 'en', ...options });
      await operator.page.addInitScript(
        `sessionStorage.setItem('tessera-operator', ${JSON.stringify(JSON.stringify({ token: site.adminToken, name: 'Mona' }))})`,
      );
      await operator.page.goto(site.url + path);
      return operator;
    };
    /** What a test left behind is no concern of the next. */
    afterEach(async () => {
      await site.mend();
      const headers = { authorization: `Bearer ${site.adminToken}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ filter: {}, atMost: 1000 });
      await fetch(`${site.url}/api/v1/ops/dead/discard`, { method: 'POST', headers, body });
    });
    const redrives = async (): Promise<readonly RedriveDto[]> => {
      const headers = { authorization: `Bearer ${site.adminToken}` };
      const answer = await fetch(`${site.url}/api/v1/redrives`, { headers });
      return ((await answer.json()) as { redrives: RedriveDto[] }).redrives;
    };
    const state = async (job: string): Promise<string> => {
      const answer = await fetch(`${site.url}/api/v1/jobs/${job}`);
      return ((await answer.json()) as { state: string }).state;
    };

    it('asks for the token, refuses another, and forgets it by a button', async () => {
      const { page, context, complaints } = await visit(browser, { locale: 'en' });
      await page.goto(`${site.url}/ops`);
      expect(await page.getByRole('link', { name: 'Operate' }).count()).toBe(0);
      await enterToken(page, 'quite-another-token-than-that');
      await page.getByText('This is not the token of this site.').waitFor();
      await enterToken(page, site.adminToken);
      await page.getByRole('heading', { name: new RegExp(`\\b${String(site.machines)} machine`) }).waitFor();
      await page.getByText(/^as of \d+ s ago$/).waitFor();
      expect(await page.evaluate('localStorage.getItem("tessera-operator")')).toBeNull();
      await page.reload();
      await page.getByRole('heading', { name: new RegExp(`\\b${String(site.machines)} machine`) }).waitFor();
      await page.getByRole('button', { name: 'Forget the token' }).press('Enter');
      await page.getByLabel('Operator token').waitFor();
      expect(await page.evaluate('sessionStorage.getItem("tessera-operator")')).toBeNull();
      expect(await page.getByRole('link', { name: 'Operate' }).count()).toBe(0);
      expect(complaints).toEqual([]);
      await context.close();
    });

    it('criterion 25: dead letters are seen, tried one by one, redriven, cancelled, and heal the visitor’s page', async () => {
      jobs = await failJobs(visitor.page, site);
      const [watched] = jobs;
      await visitor.page.goto(`${site.url}/jobs/${watched ?? ''}`);
      await expect.poll(() => Promise.all(jobs.map(state)), { timeout: 60_000 }).toEqual(jobs.map(() => 'failed'));
      await visitor.page.getByText('The source image is no longer stored.').first().waitFor({ timeout: 5000 });
      await visitor.page.evaluate('globalThis.neverReloaded = true');

      const operator = await asOperator('/ops/dead');
      const { page } = operator;
      await page.getByRole('link', { name: /The source image is gone/ }).waitFor({ timeout: 5000 });
      await openGroup(page, 'The source image is gone', JOBS);
      await site.mend();

      // A double click begins one redrive.
      await page.getByRole('button', { name: 'Redrive one to test' }).dblclick();
      await page.getByText(/it begins in/).waitFor();
      expect(await redrives()).toMatchObject([{ total: 1, actor: expect.stringMatching(/^Mona · /) as unknown }]);
      await expect.poll(async () => (await redrives())[0]?.state, { timeout: 60_000 }).toBe('done');
      expect(await redrives()).toMatchObject([{ succeeded: 1, failed: 0 }]);

      // A slow one is cancelled in its midst: what was brought back ends, the rest stays.
      await page.getByLabel('Jobs per second').fill('0.1');
      await page.getByRole('button', { name: `Redrive group (${String(JOBS - 1)})` }).click();
      await page.getByText(/^1 of 3 brought back/).waitFor({ timeout: 30_000 });
      await page.getByRole('button', { name: 'Cancel the rest' }).click();
      await expect.poll(async () => (await redrives())[0]?.succeeded, { timeout: 60_000 }).toBe(1);
      expect(await redrives()).toMatchObject([{ state: 'cancelled', total: 3, skipped: 2 }, { total: 1 }]);

      // One that was only noted is undone.
      await page.getByRole('button', { name: 'Redrive group (2)' }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(async () => (await redrives())[0]?.state).toBe('cancelled');
      expect((await redrives())[0]).toMatchObject({ redriven: 0, skipped: 2 });

      await page.getByLabel('Jobs per second').fill('50');
      await page.getByRole('button', { name: 'Redrive group (2)' }).click();
      await page.getByRole('heading', { name: /No failed work/ }).waitFor({ timeout: 60_000 });
      await expect.poll(() => Promise.all(jobs.map(state)), { timeout: 60_000 }).toEqual(jobs.map(() => 'done'));
      await expect.poll(async () => (await redrives())[0]?.state).toBe('done');
      const log = page.getByRole('region', { name: 'What was done' });
      expect(await log.getByRole('row').filter({ hasText: 'Redrive' }).count()).toBe(4);

      await visitor.page
        .getByRole('link', { name: /Download/ })
        .first()
        .waitFor({ timeout: 20_000 });
      expect(await visitor.page.evaluate('globalThis.neverReloaded')).toBe(true);
      expect(operator.complaints).toEqual([]);
      await operator.context.close();
    });

    it('discards by the keyboard, after it said how many', async () => {
      const { page, context } = await asOperator('/ops/dead');
      await failJobs(visitor.page, site);
      await page.getByRole('link', { name: /The source image is gone/ }).press('Enter');
      await page.getByRole('button', { name: 'Discard…' }).press('Enter');
      const dialog = page.getByRole('dialog', { name: `Discard ${String(JOBS)} failed jobs?` });
      await dialog.waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'Discard…' }).press('Enter');
      await dialog.getByRole('button', { name: `Discard ${String(JOBS)}`, exact: true }).press('Enter');
      await page.getByRole('heading', { name: /No failed work/ }).waitFor();
      const done = page.getByRole('region', { name: 'What was done' }).getByRole('row');
      await done.filter({ hasText: 'Mona' }).filter({ hasText: 'Discard' }).waitFor();
      await context.close();
    });

    it.runIf(long)('criterion 21: all pages can be used by everyone, in windows of 320 pixels too', async () => {
      await failJobs(visitor.page, site);
      for (const locale of ['en', 'ar']) {
        const { page, context, complaints } = await asOperator('/ops', { locale, reducedMotion: 'reduce' });
        for (const path of await withGroup(page, OPS_PATHS)) {
          await page.goto(site.url + path);
          await page.getByRole('heading', { level: 2 }).first().waitFor();
          await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
          for (const [colorScheme, width] of LOOKS) {
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
            await page.setViewportSize({ width, height: 800 });
            const where = `${path} ${locale} ${colorScheme} ${String(width)}`;
            // Charts follow their window a moment later.
            const shown = () => page.evaluate('document.documentElement.scrollWidth');
            await expect.poll(shown, { message: where, timeout: 15_000 }).toBeLessThanOrEqual(width);
            const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
            const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
            expect(found, where).toEqual([]);
          }
        }
        expect(complaints).toEqual([]);
        await context.close();
      }
    });
  });
}

/** The pages, and that of a cause of failed work. */
async function withGroup(page: Page, paths: readonly string[]): Promise<readonly string[]> {
  await page.goto(new URL('/ops/dead', page.url()).href);
  const group = await page.locator('a[href^="/ops/dead/"]').first().getAttribute('href');
  return [...paths, group ?? ''];
}

/** Sends pictures as a visitor and has the work on them fail for good. */
async function failJobs(page: Page, site: BreakableSite): Promise<readonly string[]> {
  const photo = fileURLToPath(new URL('../../../fixtures/photos/rocket.jpg', import.meta.url));
  const file = { name: 'rocket.jpg', mimeType: 'image/jpeg', buffer: await readFile(photo) };
  if (!page.url().startsWith(site.url)) await page.goto(site.url);
  const images: string[] = [];
  for (let n = 0; n < JOBS; n++) {
    const answer = await page.request.post(`${site.url}/api/v1/images`, { multipart: { image: file } });
    images.push(((await answer.json()) as { images: { id: string }[] }).images[0]?.id ?? '');
  }
  await site.break(images);
  const data = { images, pipeline: [{ op: 'canny' }], output: { format: 'png' }, split: 'always', reuse: false };
  const answer = await page.request.post(`${site.url}/api/v1/jobs`, { data });
  return ((await answer.json()) as { jobs: { id: string }[] }).jobs.map(({ id }) => id);
}
