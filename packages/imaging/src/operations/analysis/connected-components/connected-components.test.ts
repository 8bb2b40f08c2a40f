import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import {
  connectedComponentsReportSchema,
  type ConnectedComponentsReport,
  type OperationParams,
} from '@tessera/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../../raster.ts';
import { encodeNumbers } from '../../numbers.ts';
import { noise, pictures, serpentine } from '../../picture.fixture.ts';
import { runOnGrid, runWhole, stateOnGrid } from '../../run-on-grid.fixture.ts';
import { connectedComponents } from './connected-components.ts';

type Params = OperationParams<'connected-components'>;
const BRIGHT: Params = { level: 127, objects: 'bright', connectivity: 8, least: 1 };

function reportOf(picture: Raster, params: Params, grid: { width: number; height: number }): ConnectedComponentsReport {
  const state = stateOnGrid(connectedComponents, picture, params, grid);
  return connectedComponentsReportSchema.parse(connectedComponents.report?.(state, picture, params));
}

function expectSplitIsWhole(picture: Raster, params: Params, grid: { width: number; height: number }): void {
  expect(reportOf(picture, params, grid)).toEqual(reportOf(picture, params, picture));
  expect(runOnGrid('connected-components', picture, params, grid)).toEqual(
    runWhole('connected-components', picture, params),
  );
}

/** A picture drawn in letters: a dot is the background. */
function drawn(...rows: readonly string[]): Raster {
  const data = Uint8Array.from(rows.join(''), (letter) => (letter === '.' ? 0 : 255));
  return { width: rows[0]!.length, height: rows.length, channels: 1, data };
}

/** Two lines that wind into each other, to the middle. */
function spirals(side: number): Raster {
  const picture = createRaster(side, side, 1);
  for (let turn = 0; turn < side / 4; turn++) {
    const [from, to] = [2 * turn, side - 1 - 2 * turn];
    for (let n = from; n <= to; n++) {
      picture.data[from * side + n] = 255;
      picture.data[to * side + n] = 255;
      picture.data[n * side + to] = 255;
      if (n >= from + 2) picture.data[n * side + from] = 255;
    }
    if (from + 2 <= to) picture.data[(from + 2) * side + from + 1] = 255;
  }
  return picture;
}

const params: fc.Arbitrary<Params> = fc.record({
  level: fc.constantFrom(0, 100, 127, 170, 200),
  objects: fc.constantFrom('bright', 'dark'),
  connectivity: fc.constantFrom(4, 8),
  least: fc.constantFrom(1, 1, 2, 5, 30),
});
const side = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 50 }));

describe('connected components', () => {
  it('are those of the whole picture, and so is their report, on every grid', () => {
    fc.assert(
      fc.property(pictures(32), params, side, side, (picture, steps, width, height) => {
        expectSplitIsWhole(picture, steps, { width, height });
      }),
      { numRuns: 100 },
    );
  });

  it('have the areas, boxes and centres that OpenCV tells', () => {
    const folder = new URL('../../../../../../fixtures/operations/', import.meta.url);
    const { inputs, cases } = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as {
      readonly inputs: Record<string, Omit<Raster, 'data'>>;
      readonly cases: readonly { op: string; params: Params; reports?: Record<string, string> }[];
    };
    const told = cases.flatMap(({ op, params: step, reports = {} }) =>
      op === 'connected-components' ? Object.entries(reports).map(([input, digest]) => ({ step, input, digest })) : [],
    );
    expect(told.length).toBeGreaterThan(20);
    for (const { step, input, digest } of told) {
      const data = new Uint8Array(inflateSync(readFileSync(new URL(`inputs/${input}.raw.z`, folder))));
      const picture = { ...inputs[input]!, data };
      const { components } = reportOf(picture, step, { width: picture.width, height: 16 });
      const figures = components
        .toSorted((a, b) => a.number - b.number)
        .flatMap(({ area, left, top, width, height, x, y }) => [area, left, top, width, height, x, y]);
      const found = createHash('sha256').update(encodeNumbers(figures)).digest('hex').slice(0, 32);
      expect(found, `${input} ${JSON.stringify(step)}`).toBe(digest);
    }
  });

  it('join whatever winds through many regions', () => {
    const combs = drawn(...Array.from({ length: 21 }, (_, y) => (y === 20 ? '#'.repeat(41) : '#.'.repeat(20) + '#')));
    const diagonals = drawn('#...#', '.#.#.', '..#..', '.#.#.', '#...#');
    for (const picture of [serpentine(96, 96), spirals(61), combs, diagonals]) {
      for (const grid of [
        { width: 7, height: 5 },
        { width: 3, height: 2 },
        { width: picture.width, height: 16 },
      ]) {
        for (const connectivity of [4, 8] as const) {
          expectSplitIsWhole(picture, { ...BRIGHT, level: 0, connectivity }, grid);
        }
      }
    }
    expect(reportOf(serpentine(96, 96), { ...BRIGHT, level: 0 }, { width: 9, height: 9 }).count).toBe(1);
    expect(reportOf(combs, { ...BRIGHT, connectivity: 4 }, { width: 9, height: 9 }).count).toBe(1);
    expect(reportOf(diagonals, { ...BRIGHT, connectivity: 4 }, { width: 2, height: 2 }).count).toBe(9);
  });

  it('are numbered by first pixels, which may lie in another region than the rest', () => {
    // The U of the second begins before the dot within it, in the upper right region.
    const picture = drawn('....#', '#...#', '..#.#', '#...#', '#####');
    const { components } = reportOf(picture, { ...BRIGHT, connectivity: 4 }, { width: 2, height: 2 });
    expect(components.map(({ number, area, left, top }) => [number, area, left, top])).toEqual([
      [1, 10, 0, 0],
      [2, 1, 0, 1],
      [3, 1, 2, 2],
    ]);
  });

  it('count when there are more than are listed, and take partials that do not grow with them', () => {
    const picture = createRaster(640, 480, 1);
    for (let at = 0; at < picture.data.length; at++)
      picture.data[at] = ((at % 640) + Math.floor(at / 640)) % 2 ? 255 : 0;
    const grid = { width: 640, height: 160 };
    const found = reportOf(picture, { ...BRIGHT, connectivity: 4 }, grid);
    expect([found.count, found.pixels, found.components.length]).toEqual([153_600, 153_600, 10_000]);
    expect(found.components.at(-1)?.number).toBe(10_000);
    expect(reportOf(picture, BRIGHT, grid).count).toBe(1);
    const region = { x: 0, y: 160, width: 640, height: 160 };
    const raster = { ...picture, height: 160, data: picture.data.subarray(160 * 640, 320 * 640) };
    const small = { ...BRIGHT, connectivity: 4 as const, least: 2 };
    const partial = connectedComponents.observe({ ...region, raster }, region, picture, small, undefined);
    expect(partial.length).toBeLessThan(640 * 15);
  });

  it('refuse partials and states that are damaged', () => {
    const picture = noise(12, 9, 1, 5, 2);
    const region = { x: 0, y: 3, width: 12, height: 3 };
    const raster = { ...picture, height: 3, data: picture.data.subarray(36, 72) };
    const whole = { width: 12, height: 3 };
    const partial = connectedComponents.observe({ ...region, raster }, region, picture, BRIGHT, undefined);
    const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' }) as Error;
    for (let length = 0; length < partial.length; length++) {
      const parts = [partial.subarray(0, length)];
      expect(() => connectedComponents.merge(parts, whole, whole, BRIGHT, undefined)).toThrow(corrupt);
    }
    const state = stateOnGrid(connectedComponents, picture, BRIGHT, whole);
    for (let length = 0; length < state.length; length++) {
      expect(() => connectedComponents.report?.(state.subarray(0, length), picture, BRIGHT)).toThrow(corrupt);
    }
    const other = stateOnGrid(connectedComponents, picture, BRIGHT, { width: 12, height: 4 });
    expect(() => connectedComponents.apply({ ...region, raster }, region, 1, other, picture, BRIGHT)).toThrow(corrupt);
  });
});
