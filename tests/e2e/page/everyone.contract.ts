import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { JobDto } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SiteClient } from '../../cluster/site-client.ts';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { cookieOf, launchBrowser, visit, type Visit } from './browser.ts';
import { WCAG } from './wcag.ts';

const LOCALES = ['en', 'ar'] as const;
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [360, 1280] as const;

/** Bytes of scripts and styles, gzipped, that a first visit may take. */
const FIRST_LOAD = 190_000;

const photo = (name: string): Promise<Uint8Array> =>
  readFile(fileURLToPath(new URL(`../../../fixtures/photos/${name}`, import.meta.url)));

interface Seed {
  readonly done: JobDto;
  readonly failed: JobDto;
  readonly batch: string;
  readonly cookie: string;
}

/** Pages by name, with something on each of them. */
const PAGES: Readonly<Record<string, (seed: Seed) => string>> = {
  work: () => '/',
  result: ({ done }) => `/jobs/${done.id}`,
  cancelled: ({ failed }) => `/jobs/${failed.id}`,
  batch: ({ batch }) => `/w/${batch}`,
  history: () => '/history',
  pipelines: () => '/pipelines',
  help: () => '/help',
  map: () => '/map',
  operate: () => '/ops',
  nowhere: () => '/there/is/nothing/here',
};

/** What holds for every page and every visitor. */
export function everyoneContract(name: string, startSite: () => Promise<Site>): void {
  describe(`every page (${name})`, () => {
    let site: Site;
    let browser: Browser;
    let seed: Seed;
    /** One visitor for each language goes to all pages, so that scripts are fetched once. */
    const visitors = new Map<string, Visit>();

    beforeAll(async () => {
      [site, browser] = await Promise.all([startSite(), launchBrowser()]);
      seed = await seedSite(site.url);
    });
    afterAll(async () => {
      await browser.close();
      await site.stop();
    });

    const open = async (locale: (typeof LOCALES)[number], path: string): Promise<Visit> => {
      const visitor = visitors.get(locale) ?? (await visit(browser, { locale, reducedMotion: 'reduce' }));
      visitors.set(locale, visitor);
      await visitor.context.addCookies([cookieOf(seed.cookie, site.url)]);
      await visitor.page.setViewportSize({ width: 1280, height: 900 });
      await visitor.page.goto(site.url + path);
      await loaded(visitor.page);
      return visitor;
    };

    describe.each(Object.keys(PAGES).map((page, n) => [page, n] as const))('%s', (page, n) => {
      // In the short form the pages take turns: one is read in English and in light, the next in Arabic and in the dark.
      it.each(LOCALES.filter((_, turn) => long || turn === n % LOCALES.length))(
        'can be used by everyone (%s): axe finds nothing, nothing sticks out, at 320 pixels and twice the letters neither',
        async (locale) => {
          const visitor = await open(locale, PAGES[page]!(seed));
          const document_ = await visitor.page.evaluate<{ lang: string; dir: string }>(
            '({ lang: document.documentElement.lang, dir: document.documentElement.dir })',
          );
          expect(document_).toEqual({ lang: locale, dir: locale === 'ar' ? 'rtl' : 'ltr' });
          for (const scheme of long ? SCHEMES : ([locale === 'en' ? 'light' : 'dark'] as const)) {
            for (const width of long ? WIDTHS : [locale === 'en' ? 1280 : 360]) {
              await visitor.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
              await visitor.page.setViewportSize({ width, height: 900 });
              await settled(visitor.page);
              expect(await violations(visitor.page), `${scheme} ${width}`).toEqual([]);
              expect(await overhang(visitor.page), `${scheme} ${width}`).toEqual([]);
            }
          }
          await visitor.page.setViewportSize({ width: 320, height: 700 });
          expect(await overhang(visitor.page), '320').toEqual([]);
          await visitor.page.setViewportSize({ width: 640, height: 700 });
          await visitor.page.addStyleTag({ content: 'html { font-size: 200% }' });
          expect(await overhang(visitor.page), 'letters of twice the size').toEqual([]);
          expect(visitor.complaints).toEqual([]);
          expect([...visitor.hosts]).toEqual([new URL(site.url).host]);
        },
      );
    });

    it('needs at most 190 kB of scripts and styles, gzipped, for a first visit', async () => {
      const visitor = await visit(browser, { locale: 'en' });
      const paths = new Set<string>();
      visitor.page.on('response', (response) => {
        const kind = response.request().resourceType();
        if (kind === 'script' || kind === 'stylesheet') paths.add(new URL(response.url()).pathname);
      });
      await visitor.page.goto(site.url);
      await settled(visitor.page);
      await visitor.context.close();
      const sizes = await Promise.all(
        [...paths].map(async (path) => {
          const file = Buffer.from(await (await fetch(site.url + path)).arrayBuffer());
          return [path, gzipSync(file, { level: 9 }).length] as const;
        }),
      );
      const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
      expect(total, JSON.stringify(Object.fromEntries(sizes))).toBeLessThanOrEqual(FIRST_LOAD);
    });
  });
}

async function seedSite(url: string): Promise<Seed> {
  const client = new SiteClient(url);
  const [coffee, rocket] = [
    await client.upload(await photo('coffee.png'), 'coffee.png'),
    await client.upload(await photo('rocket.jpg'), 'a “rocket” <b>with</b> a long name that goes on and on.jpg'),
  ];
  const wish = { pipeline: [{ op: 'gaussian-blur' }, { op: 'canny' }], output: { format: 'png' } } as const;
  const { id } = await client.submit(rocket, { ...wish, split: 'always', verify: true });
  const stopped = await client.submit(coffee, wish);
  await client.call(`/jobs/${stopped.id}`, { method: 'DELETE' });
  const body = JSON.stringify({ images: [coffee, rocket], pipeline: [{ op: 'invert' }], output: { format: 'jpeg' } });
  const headers = { 'content-type': 'application/json' };
  const { jobs, batch } = await client.json<{ jobs: JobDto[]; batch: string }>('/jobs', {
    method: 'POST',
    body,
    headers,
  });
  for (const job of jobs) await client.ended(job.id);
  return { done: await client.ended(id), failed: await client.ended(stopped.id), batch, cookie: client.cookie };
}

/** Waits until nothing is loading any more; a stream of events stays open. */
async function loaded(page: Page): Promise<void> {
  const whole = `document.readyState === 'complete' && document.querySelector('main')?.childElementCount > 0 &&
    !document.querySelector('[aria-busy=true]')`;
  await expect.poll(() => page.evaluate(whole), { timeout: 20_000 }).toBe(true);
}

/** Waits until nothing is loading and what fades in is there. */
async function settled(page: Page): Promise<void> {
  await loaded(page);
  await page.waitForTimeout(400);
}

async function violations(page: Page): Promise<readonly string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** Elements that make the page scroll sideways. */
function overhang(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    return ['page is ' + root.scrollWidth + ' wide', ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 160))];
  })()`);
}
