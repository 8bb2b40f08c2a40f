import type { TaskChange } from '@tessera/contracts';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { long } from '../long.ts';
import type { ScriptedJob } from '../scripted/scripted-job.ts';
import type { ScriptedSite } from '../scripted/scripted-site.ts';
import { visit } from './browser.ts';
import { stateCounts, tableCounts } from './watch-page.ts';

const VISIONS = ['none', 'achromatopsia', 'protanopia', 'deuteranopia', 'tritanopia'] as const;

/** Regions of a grid of 5 × 2, one state a column; the last row was taken over by another machine. */
const STATES: Readonly<Record<string, Partial<TaskChange>>> = {
  waiting: {},
  running: { state: 'running', executor: 'right', attempts: 1 },
  done: { state: 'done', executor: 'right', attempts: 1, milliseconds: 500 },
  retrying: { state: 'running', executor: 'right', attempts: 2 },
  failed: { state: 'failed', executor: 'right', attempts: 4 },
};

export interface RegionStatesParts {
  readonly browser: () => Browser;
  readonly script: (
    columns: number,
    rows: number,
  ) => Promise<{ readonly job: ScriptedJob; readonly scripted: ScriptedSite }>;
}

/** What regions look like in each of their states, whoever looks. */
export function regionStatesContract({ browser, script }: RegionStatesParts): void {
  /** A job of which everything has happened at once. */
  const mixed = async () => {
    const { job, scripted } = await script(5, 2);
    for (let row = 0; row < 2; row += 1) {
      Object.values(STATES).forEach((state, column) => job.change(5 * row + column, state));
    }
    job.attempts = [6, 7].map((index) => ({
      ...{ stage: 0, index, attempt: 1, executor: 'left', began: 10, ended: 20, outcome: 'lost' as const },
    }));
    job.tell();
    return { job, url: `${scripted.url}/jobs/${job.dto.id}` };
  };
  const opened = async (url: string, options = {}) => {
    const visitor = await visit(browser(), options);
    await visitor.page.goto(url);
    await expect.poll(() => stateCounts(visitor.page), { timeout: 20_000 }).toMatchObject({ failed: 2, retrying: 2 });
    await visitor.page.locator('img[alt^=Original]').waitFor();
    return visitor;
  };

  it('criterion 18: all five states differ, on the picture and in the legend, in greyscale and to every colour vision', async () => {
    const { url } = await mixed();
    for (const colorScheme of long ? (['light', 'dark'] as const) : (['light'] as const)) {
      const { page, context } = await opened(url, { colorScheme, reducedMotion: 'reduce' });
      const session = await context.newCDPSession(page);
      for (const type of VISIONS) {
        await session.send('Emulation.setEmulatedVisionDeficiency', { type });
        const regions = await regionsSeen(page, 5, 2);
        const legend = await Promise.all(
          Object.keys(STATES).map(async (state) =>
            fingerprint(await page.locator(`li[data-state=${state}] span`).first().screenshot()),
          ),
        );
        for (const [name, marks, least] of [
          ['regions', regions.slice(0, 5), 6],
          ['legend', legend, 4],
        ] as const) {
          for (const [a, b] of pairs(5)) {
            const where = `${name}, ${colorScheme}, ${type}: ${Object.keys(STATES)[a] ?? ''}, ${Object.keys(STATES)[b] ?? ''}`;
            expect(difference(marks[a]!, marks[b]!), where).toBeGreaterThan(least);
          }
        }
      }
      await context.close();
    }
  });

  it('what another machine took over is marked on the picture, and told of both machines and in the table', async () => {
    const { url } = await mixed();
    const { page, context, complaints } = await opened(url, { reducedMotion: 'reduce' });
    await page.getByText('Taken over by another machine').waitFor();
    expect(await page.locator('[data-part=taken]').getAttribute('data-count')).toBe('2');
    const machines = page.getByRole('complementary', { name: 'What is done' });
    await machines.getByText('took over 2 regions').waitFor();
    await machines.getByText('2 regions taken over by others').waitFor();
    const regions = await regionsSeen(page, 5, 2);
    // The same state with the mark and without.
    for (const column of [1, 2]) expect(difference(regions[column]!, regions[5 + column]!)).toBeGreaterThan(0.5);
    const picture = page.getByRole('listbox', { name: 'Regions of astronaut.jpg' });
    await picture.focus();
    await picture.press('Home');
    for (let n = 0; n < 6; n += 1) await picture.press(n < 5 ? 'PageDown' : 'End');
    await picture.press('ArrowLeft');
    await picture.press('ArrowLeft');
    await expect.poll(() => picture.innerText()).toMatch(/Region 8 of 10: Done, machine [AB], taken over from machine/);
    await page.getByRole('button', { name: 'Show as table' }).click();
    await expect.poll(() => page.getByText(/^taken over from [AB]$/).count()).toBe(2);
    expect(await tableCounts(page)).toEqual(await stateCounts(page));
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('what is seen of the picture is in the address: a reload and a link show the same', async () => {
    const { url } = await mixed();
    const { page, context } = await opened(url, { reducedMotion: 'reduce' });
    const picture = page.getByRole('listbox', { name: 'Regions of astronaut.jpg' });
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await picture.focus();
    await picture.press('End');
    await expect.poll(() => Number(new URL(page.url()).searchParams.get('x'))).toBeGreaterThan(640);
    const board = page.locator('[data-layer=regions]');
    const before = await fingerprint(await board.screenshot(), 64);
    const address = page.url();
    const other = await opened(address, { reducedMotion: 'reduce' });
    await other.page.getByRole('listbox', { name: 'Regions of astronaut.jpg' }).focus();
    await other.page.keyboard.press('End');
    const look = async () =>
      difference(before, await fingerprint(await other.page.locator('[data-layer=regions]').screenshot(), 64));
    await expect.poll(look).toBeLessThan(1);
    expect(other.page.url()).toBe(address);
    await other.page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => new URL(other.page.url()).search).toBe('');
    await Promise.all([context.close(), other.context.close()]);
  });
}

const pairs = (count: number): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (_, a) => Array.from({ length: a }, (__, b) => [a, b] as const)).flat();

/** Each region as it is seen, row by row. */
async function regionsSeen(page: Page, columns: number, rows: number): Promise<readonly Buffer[]> {
  const shot = await page.locator('[data-layer=regions]').screenshot();
  const { width, height } = await sharp(shot).metadata();
  const [wide, high] = [Math.floor(width / columns), Math.floor(height / rows)];
  return Promise.all(
    Array.from({ length: columns * rows }, async (_, n) => {
      const box = { left: (n % columns) * wide, top: Math.floor(n / columns) * high, width: wide, height: high };
      return fingerprint(await sharp(shot).extract(box).png().toBuffer(), 48);
    }),
  );
}

/** Gray levels of a picture made small. */
async function fingerprint(png: Buffer, side = 16): Promise<Buffer> {
  return sharp(png).resize(side, side, { fit: 'fill' }).grayscale().raw().toBuffer();
}

const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, n) => sum + Math.abs(value - (b[n] ?? 0)), 0) / a.length;
