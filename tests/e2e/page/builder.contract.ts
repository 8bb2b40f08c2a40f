import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { OPERATIONS, PRESETS } from '@tessera/contracts';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { long } from '../long.ts';
import type { Site } from '../site.contract.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { launchBrowser, visit, type Visit } from './browser.ts';
import { focusedName, focusedPart, grayPicture, shifts, shownLevel, tabTo, watchShifts } from './builder.ts';
import {
  catalogue,
  chooseFiles,
  chooseOperation,
  dropFiles,
  openSite,
  setParameter,
  start,
  startButton,
  step,
  upload,
  waitForDone,
} from './site.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const photo = (name: string): string => `${root}fixtures/photos/${name}`;

/** A body of `/previews` or `/estimates` as the page sends it. */
interface Order {
  readonly pipeline: readonly { readonly params: Readonly<Record<string, number>> }[];
}
const ksizeOf = (route: Route): number => (route.request().postDataJSON() as Order).pipeline[0]?.params.ksize ?? 0;

/** Milliseconds until something has to have happened on a machine that does more than this. */
const PATIENCE = 15_000;
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: PATIENCE });

const PREVIEW = { 'content-type': 'image/webp', 'tessera-preview': 'exact' };

/** Composing pipelines on the Work page. */
export function builderContract(name: string, startSite: () => Promise<Site>): void {
  describe(`the builder (${name})`, () => {
    let site: Site;
    let browser: Browser;
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
      visitor = await visit(browser, { locale: 'en', permissions: ['clipboard-read', 'clipboard-write'] });
      page = visitor.page;
    });
    afterEach(async () => {
      await visitor.context.close();
      expect(visitor.complaints).toEqual([]);
    });

    /** All step titles, from the top. */
    const titles = async (): Promise<readonly string[]> =>
      (await page.getByRole('list', { name: 'Steps' }).getByRole('heading', { level: 3 }).allInnerTexts()).map((text) =>
        text.trim(),
      );

    it('criterion 4: nothing moves by itself from the drop to the result', async () => {
      await watchShifts(page);
      await openSite(page, site.url);
      await dropFiles(page, [photo('chelsea.png'), photo('rocket.jpg')]);
      await upload(page, 'rocket.jpg').waitFor();
      await page.getByRole('radiogroup', { name: 'Format' }).waitFor();
      await chooseOperation(page, 'Invert');
      await page.waitForTimeout(1500);
      await start(page);
      await waitForDone(page, 'rocket.jpg');
      await page.waitForTimeout(500);
      const found = await shifts(page);
      const sum = found.reduce((total, { value }) => total + value, 0);
      expect(sum, JSON.stringify(found)).toBeLessThanOrEqual(0.05);
    });

    it('criterion 12: asks before absurd work, starts nothing, and Escape restores the former value', async () => {
      await page.route('**/api/v1/estimates', (route) => {
        const bytes = ksizeOf(route) > 50 ? 9e12 : 5e5;
        const json = {
          bytes: { low: bytes, high: bytes * 2 },
          seconds: { low: 2, high: 3 },
          largest: { width: 300, height: 200 },
          split: 0,
        };
        return route.fulfill({ json });
      });
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/jobs')) sent.push(request.url());
      });
      await openSite(page, site.url);
      await chooseFiles(page, [photo('chelsea.png')]);
      await chooseOperation(page, 'Gaussian blur');
      await page.getByText(/Result about 500 kB/).waitFor();
      await setParameter(page, 'Gaussian blur', 'Kernel side', 61);
      const question = page.getByRole('dialog', { name: 'This is a lot of work' });
      await question.getByText(/9\.0 TB/).waitFor();
      await page.keyboard.press('Escape');
      await question.waitFor({ state: 'detached' });
      const field = step(page, 'Gaussian blur').getByRole('textbox', { name: 'Kernel side' });
      expect(await field.inputValue()).toMatch(/^21/);

      await setParameter(page, 'Gaussian blur', 'Kernel side', 61);
      await question.getByRole('button', { name: 'Keep the change' }).click();
      expect(await field.inputValue()).toMatch(/^61/);
      expect(sent).toEqual([]);
    });

    it.runIf(long)('a value beyond its bounds is named at once, and Escape takes the typing back', async () => {
      await openSite(page, `${site.url}/?p=gaussian-blur_ksize_9_sigma_0`);
      const field = step(page, 'Gaussian blur').getByRole('textbox', { name: 'Kernel side' });
      await field.focus();
      await field.fill('12800');
      await page.getByText('Give 61 or less.').waitFor();
      await field.press('Escape');
      expect(await field.inputValue()).toMatch(/^9/);
    });

    it('criterion 13: a late preview never replaces a newer one, and the last good one stays on an error', async () => {
      const held = new Map<number, () => void>();
      await page.route('**/api/v1/previews', async (route) => {
        const ksize = ksizeOf(route);
        if (ksize === 61) return route.fulfill({ status: 500, json: {} });
        // The second order is answered long after the third.
        if (ksize === 9) await new Promise<void>((resolve) => held.set(ksize, resolve));
        await route.fulfill({ body: await grayPicture(ksize * 4), headers: PREVIEW }).catch(() => undefined);
      });
      await openSite(page, `${site.url}/?p=gaussian-blur_ksize_5_sigma_0`);
      await chooseFiles(page, [photo('chelsea.png')]);
      await eventually(() => shownLevel(page)).toBe(20);
      await setParameter(page, 'Gaussian blur', 'Kernel side', 9);
      await eventually(() => held.size).toBe(1);
      await setParameter(page, 'Gaussian blur', 'Kernel side', 13);
      await eventually(() => shownLevel(page)).toBe(52);
      held.get(9)?.();
      await page.waitForTimeout(600);
      expect(await shownLevel(page)).toBe(52);

      await setParameter(page, 'Gaussian blur', 'Kernel side', 61);
      await page.getByText(/The last one stays/).waitFor();
      expect(await shownLevel(page)).toBe(52);
    });

    it.runIf(long)('criterion 13: what the page adds to the server’s time is small when a slider stops', async () => {
      await page.route('**/api/v1/previews', async (route) => {
        await route.fulfill({ body: await grayPicture(ksizeOf(route) * 4), headers: PREVIEW }).catch(() => undefined);
      });
      await openSite(page, `${site.url}/?p=dilate_ksize_1`);
      await chooseFiles(page, [photo('chelsea.png')]);
      await eventually(() => shownLevel(page)).toBe(4);
      const slider = page.getByRole('slider', { name: 'Kernel side, slider' });
      const times: number[] = [];
      for (let ksize = 2; ksize <= 16; ksize += 1) {
        await slider.press('ArrowRight');
        const from = performance.now();
        await expect.poll(() => shownLevel(page), { interval: 10, timeout: PATIENCE }).toBe(ksize * 4);
        times.push(performance.now() - from);
      }
      times.sort((a, b) => a - b);
      expect(times[Math.floor(times.length * 0.95)], times.map(Math.round).join(' ')).toBeLessThanOrEqual(300);
    });

    it('criterion 14: the focus goes from the images over the picture and the pipeline to the start', async () => {
      await page.route('**/api/v1/previews', async (route) =>
        route.fulfill({ body: await grayPicture(9), headers: PREVIEW }),
      );
      await openSite(page, `${site.url}/?p=median_ksize_5*invert`);
      await chooseFiles(page, [photo('chelsea.png')]);
      await eventually(() => shownLevel(page)).toBe(9);
      await startButton(page).and(page.locator(':enabled')).waitFor();
      await page.getByRole('link', { name: 'Skip to the content' }).focus();
      const order = ['skip'];
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        const part = await focusedPart(page);
        if (part === 'nowhere') break;
        if (order.at(-1) !== part) order.push(part);
      }
      expect(order).toEqual(['skip', 'bar', 'images', 'picture', 'pipeline', 'start']);
      expect(await page.locator('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').count()).toBe(0);
    });

    it('criterion 14: the focus is never lost when a step is removed, undone, or a window closed', async () => {
      await openSite(page, `${site.url}/?p=median_ksize_5*invert*sharpen`);
      await step(page, 'Invert').getByRole('button', { name: 'Remove Invert' }).press('Enter');
      await eventually(() => focusedName(page)).toBe('Move Sharpen');
      await page.getByRole('button', { name: 'Undo' }).press('Enter');
      expect(await titles()).toEqual(['Median', 'Invert', 'Sharpen']);
      expect(await focusedName(page)).toBe('Undo');
      await page.getByRole('button', { name: 'Add a step' }).press('Enter');
      await catalogue(page).waitFor();
      await page.keyboard.press('Escape');
      await catalogue(page).waitFor({ state: 'detached' });
      expect(await focusedName(page)).toBe('Add a step');
      for (const title of ['Median', 'Invert', 'Sharpen']) {
        await step(page, title)
          .getByRole('button', { name: `Remove ${title}` })
          .press('Enter');
      }
      await eventually(() => focusedPart(page)).toBe('pipeline');
    });

    it('criterion 20: a pipeline is composed and started by keys alone', async () => {
      await openSite(page, site.url);
      await chooseFiles(page, [photo('chelsea.png')]);
      await upload(page, 'chelsea.png').waitFor();
      await page.evaluate('document.activeElement.blur()');
      await tabTo(page, 'Add a step');
      await page.keyboard.press('Enter');
      await catalogue(page).getByRole('searchbox').waitFor();
      await page.keyboard.type('specks med');
      await page.keyboard.press('Enter');
      await step(page, 'Median').waitFor();
      await tabTo(page, 'Add a step');
      await page.keyboard.press('Enter');
      await catalogue(page).getByRole('searchbox').waitFor();
      await page.keyboard.type('negative');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await step(page, 'Invert').waitFor();
      expect(await titles()).toEqual(['Median', 'Invert']);

      await step(page, 'Invert').getByRole('button', { name: 'Move Invert', exact: true }).focus();
      await page.keyboard.press('ArrowUp');
      await eventually(titles).toEqual(['Invert', 'Median']);
      expect(await focusedName(page)).toBe('Move Invert');
      await page.keyboard.press('Control+z');
      await eventually(titles).toEqual(['Median', 'Invert']);
      await page.keyboard.press('Control+Shift+z');
      await eventually(titles).toEqual(['Invert', 'Median']);
      await tabTo(page, /^Start$/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/jobs\//);
      const job = await waitForDone(page, 'chelsea.png');
      expect(job.pipeline.map(({ op }) => op)).toEqual(['invert', 'median']);
    });

    it('criterion 20: steps are moved, copied and switched off by clicks alone', async () => {
      await openSite(page, `${site.url}/?p=median_ksize_5*invert`);
      const choose = async (title: string, entry: string): Promise<void> => {
        await step(page, title)
          .getByRole('button', { name: `More about ${title}` })
          .click();
        await page.getByRole('menuitem', { name: entry }).click();
      };
      await choose('Median', 'Move down');
      await eventually(titles).toEqual(['Invert', 'Median']);
      await choose('Median', 'Move up');
      await eventually(titles).toEqual(['Median', 'Invert']);
      await choose('Median', 'Duplicate');
      await eventually(titles).toEqual(['Median', 'Median', 'Invert']);
      const use = step(page, 'Invert').getByRole('button', { name: 'Use Invert' });
      await use.click();
      expect(await use.getAttribute('aria-pressed')).toBe('false');
      await eventually(() => new URL(page.url()).searchParams.get('p')).toBe('median_ksize_5*median_ksize_5*-invert');
    });

    it.runIf(long)('steps are dragged by their handles', async () => {
      await openSite(page, `${site.url}/?p=sharpen*invert*grayscale`);
      const handle = step(page, 'Sharpen').getByRole('button', { name: 'Move Sharpen', exact: true });
      const target = await step(page, 'Grayscale').boundingBox();
      await handle.hover();
      await page.mouse.down();
      await page.mouse.move((target?.x ?? 0) + 30, (target?.y ?? 0) + 10, { steps: 8 });
      await page.mouse.move((target?.x ?? 0) + 30, (target?.y ?? 0) + (target?.height ?? 0) - 8, { steps: 8 });
      await page.mouse.up();
      await eventually(titles).toEqual(['Invert', 'Grayscale', 'Sharpen']);
    });

    it.runIf(long)('keeps the draft in the address, over a reload and Back', async () => {
      await openSite(page, site.url);
      await chooseOperation(page, 'Canny edges');
      await setParameter(page, 'Canny edges', 'Low threshold', 42);
      await eventually(() => new URL(page.url()).searchParams.get('p')).toContain('canny_low_42');
      await page.reload();
      const field = step(page, 'Canny edges').getByRole('textbox', { name: 'Low threshold' });
      await eventually(() => field.inputValue()).toBe('42');
      await page.getByRole('link', { name: 'Help' }).click();
      await page.waitForURL(/\/help/);
      await page.goBack();
      await eventually(() => field.inputValue()).toBe('42');
    });

    it.runIf(long)('a copied link opens the same steps and output for anybody', async () => {
      await openSite(page, `${site.url}/?p=median_ksize_7*-invert&f=jpeg&q=40`);
      await page.getByRole('button', { name: 'Share and keep' }).click();
      await page.getByRole('menuitem', { name: 'Copy link' }).click();
      await eventually(() => page.evaluate('navigator.clipboard.readText()')).toContain('/?p=');
      const link = await page.evaluate<string>('navigator.clipboard.readText()');
      const other = await visit(browser, { locale: 'en' });
      await other.page.goto(link);
      await step(other.page, 'Median').waitFor();
      await eventually(() => step(other.page, 'Invert').getByText('switched off').count()).toBe(1);
      await eventually(() => new URL(other.page.url()).search).toBe('?p=median_ksize_7*-invert&f=jpeg&q=40');
      await other.context.close();
    });

    it.runIf(long)('a copied command does the same by the command line', async () => {
      await openSite(page, `${site.url}/?p=median_ksize_3*threshold_value_99.5&f=jpeg&q=55&s=always&v=true`);
      await page.getByRole('button', { name: 'Share and keep' }).click();
      await page.getByRole('menuitem', { name: 'Copy as command' }).click();
      await eventually(() => page.evaluate('navigator.clipboard.readText()')).toMatch(/^npx tessera process/);
      const command = await page.evaluate<string>('navigator.clipboard.readText()');
      const folder = await createTemporaryFolder('command');
      const [, , ...args] = command.replace('photo.jpg', photo('rocket.jpg')).split(' ');
      const out = args.with(args.indexOf('results'), folder.path);
      await promisify(execFile)(process.execPath, [`${root}packages/cli/tessera.mjs`, ...out]);
      expect((await readFile(`${folder.path}/rocket.jpg`)).length).toBeGreaterThan(1000);
      await folder.remove();
    });

    it.runIf(long)('a pipeline is kept under a name, used again, shared, renamed and deleted', async () => {
      await openSite(page, `${site.url}/?p=median_ksize_7&f=jpeg`);
      await page.getByRole('button', { name: 'Share and keep' }).click();
      await page.getByRole('menuitem', { name: 'Keep this pipeline' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Grain <b>away</b>');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Pipelines' }).click();
      const row = page.getByRole('article', { name: 'Grain <b>away</b>' });
      await row.getByRole('button', { name: 'Copy link' }).click();
      await row.getByRole('button', { name: 'Copied' }).waitFor();
      const link = await page.evaluate<string>('navigator.clipboard.readText()');

      const other = await visit(browser, { locale: 'en' });
      await other.page.goto(link);
      await other.page.getByText('Somebody shared this pipeline with you.').waitFor();
      expect(await other.page.getByRole('button', { name: 'Rename' }).count()).toBe(0);
      await other.page.getByRole('link', { name: 'Use it' }).click();
      await step(other.page, 'Median').waitFor();
      await other.page.getByRole('link', { name: 'Pipelines' }).click();
      await other.page.getByText('Nothing kept yet').waitFor();
      await other.context.close();

      await row.getByRole('link', { name: 'Grain <b>away</b>' }).click();
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('No grain');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'No grain' }).waitFor();
      await page.getByRole('link', { name: 'All kept pipelines' }).click();
      const renamed = page.getByRole('article', { name: 'No grain' });
      await renamed.getByRole('button', { name: 'Delete No grain' }).press('Enter');
      expect(await focusedName(page)).toBe('Undo');
      await page.keyboard.press('Enter');
      await renamed.waitFor();
      await renamed.getByRole('button', { name: 'Delete No grain' }).click();
      await page.getByRole('link', { name: 'Work', exact: true }).click();
      await page.getByRole('link', { name: 'Pipelines' }).click();
      await page.getByText('Nothing kept yet').waitFor();
    });

    it.runIf(long)('the catalogue has a picture for everything, and finds by other words', async () => {
      await openSite(page, site.url);
      await page.getByRole('button', { name: 'Add a step' }).click();
      const pictures = catalogue(page).locator('img');
      await eventually(() => pictures.count()).toBe(OPERATIONS.length);
      await catalogue(page).getByRole('searchbox').fill('black and white');
      await eventually(() => pictures.count()).toBeLessThan(10);
      for (const name of ['Grayscale', 'Threshold'])
        await catalogue(page).getByRole('button', { name }).first().waitFor();
      await catalogue(page).getByText('Ready pipelines', { exact: true }).click();
      await catalogue(page).getByRole('searchbox').fill('');
      await eventually(() => pictures.count()).toBe(PRESETS.length);
      await catalogue(page).getByRole('button', { name: 'Pencil drawing' }).click();
      await eventually(titles).toEqual(['Gaussian blur', 'Canny edges', 'Dilate', 'Invert']);
    });
  });
}
