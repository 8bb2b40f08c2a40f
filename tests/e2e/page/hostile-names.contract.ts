import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../services/run-command.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import type { Site } from '../site.contract.ts';
import { launchBrowser, visit } from './browser.ts';
import { historyNames, openHistory } from './history.ts';
import { chooseOperation, dropFiles, listJobs, start } from './site.ts';
import { allReady } from './tray.ts';

const photo = fileURLToPath(new URL('../../../fixtures/photos/chelsea.png', import.meta.url));

const HOSTILE = [
  'x'.repeat(251) + '.png',
  '<img src=x onerror=alert(1)>.png',
  'photo\u202Egnp.exe',
  '../../etc/passwd',
  '..\\..\\windows\\system32.png',
  'صورة 🚀.png',
  'a\nb.png',
  'CON.png',
  "'; DROP TABLE jobs; --.png",
  '%2e%2e%2f%00.png',
  'A.png',
  'a.png',
];

/** Asks again until it is so. */
const soon = <T>(what: () => T, message = '') => expect.poll(what, { message, timeout: 20_000 });

/** Files with names that are meant to do harm, from the tray to the archive of their results. */
export function hostileNamesContract(name: string, startSite: () => Promise<Site>): void {
  describe(`hostile names (${name})`, () => {
    let site: Site;
    let browser: Browser;
    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    it('are shown as what they are, and lead nowhere: in the tray, the batch, the history, downloads and archives', async () => {
      const { page, context, complaints } = await visit(browser);
      await page.goto(site.url);
      await chooseOperation(page, 'Invert');
      const bytes = await readFile(photo);
      await dropFiles(
        page,
        HOSTILE.map((file) => ({ name: file, bytes })),
      );
      await allReady(page, HOSTILE.length);
      const list = page.getByRole('list', { name: 'Chosen images' });
      const text = (await list.allInnerTexts()).join('\n');
      expect(text).toContain('<img src=x onerror=alert(1)>.png');
      expect(text).toContain('photo\ufffdgnp.exe');
      expect(text).toContain('../../etc/passwd');
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoOverhang(page, width);
        const heights = await list
          .getByRole('listitem')
          .evaluateAll((rows: unknown[]) => rows.map((row) => (row as { offsetHeight: number }).offsetHeight));
        expect(new Set(heights).size).toBe(1);
      }

      await start(page);
      await page.getByText(`${String(HOSTILE.length)} done`).waitFor({ timeout: 120_000 });
      const batch = page.url();
      const jobs = await listJobs(page);
      expect(jobs).toHaveLength(HOSTILE.length);
      for (const { image, id } of jobs) {
        expect(image.name).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cf}]{1,120}$/u);
        const answer = await page.request.head(`${site.url}/api/v1/jobs/${id}/result`);
        expect(answer.headers()['content-disposition']).toMatch(
          /^attachment; filename="[A-Za-z0-9._ -]+"; filename[*]=UTF-8''[A-Za-z0-9%._~-]+$/,
        );
      }
      const names = jobs.map(({ image }) => image.name);
      expect(names).toEqual(expect.arrayContaining(['passwd', 'system32.png', 'صورة 🚀.png', 'photognp.exe']));

      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(batch);
        await page.getByText(`${String(HOSTILE.length)} done`).waitFor();
        await expectNoOverhang(page, width);
        await openHistory(page, site.url);
        await soon(async () => (await historyNames(page)).length).toBeGreaterThan(3);
        await expectNoOverhang(page, width);
      }
      const longest = jobs.find(({ image }) => image.name.startsWith('xxx'));
      await page.setViewportSize({ width: 360, height: 800 });
      await page.goto(`${site.url}/jobs/${longest?.id ?? ''}`);
      await page.getByRole('link', { name: /^Download/ }).waitFor();
      await expectNoOverhang(page, 360);

      await page.goto(batch);
      const archive = await page.request.get(
        new URL((await page.getByRole('link', { name: 'Download all' }).getAttribute('href')) ?? '', site.url).href,
      );
      await expectHarmless(await archive.body(), HOSTILE.length);
      expect(complaints).toEqual([]);
      await context.close();
    });
  });
}

async function expectNoOverhang(page: Page, width: number): Promise<void> {
  const wide = () => page.evaluate('document.documentElement.scrollWidth');
  await soon(wide, page.url()).toBeLessThanOrEqual(width);
}

/** An archive whose names are unique in any file system, and stay in the folder where it is opened. */
async function expectHarmless(zip: Buffer, entries: number): Promise<void> {
  const folder = await createTemporaryFolder('archive');
  const file = join(folder.path, 'results.zip');
  await writeFile(file, zip);
  const code = 'import json, sys, zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))';
  const names = JSON.parse(await runCommand('/usr/bin/python3', ['-c', code, file])) as string[];
  await folder.remove();
  expect(names).toHaveLength(entries);
  expect(new Set(names.map((entry) => entry.toLowerCase())).size).toBe(entries);
  for (const entry of names) expect(entry).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cf}]{1,160}$/u);
}
