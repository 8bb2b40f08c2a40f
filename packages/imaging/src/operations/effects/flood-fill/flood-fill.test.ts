import type { OperationParams } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { createRaster, type Raster } from '../../../raster.ts';
import { noise, serpentine } from '../../picture.fixture.ts';
import { cut, runOnGrid, runWhole, stateOnGrid } from '../../run-on-grid.fixture.ts';
import { floodFill } from './flood-fill.ts';

type Params = OperationParams<'flood-fill'>;
const FILL: Params = { points: '50 50', like: 'neighbour', tolerance: 0, connectivity: 4, colour: '#ffff00' };

function filledOf({ data, channels }: Raster): number {
  let count = 0;
  for (let at = 0; at < data.length; at += channels) {
    if (data[at] === 255 && data[at + 1] === 255 && data[at + 2] === 0) count++;
  }
  return count;
}

/** Levels that rise by 2 along a line which runs to and fro: only a floating range follows it to its end. */
function slope(side: number): Raster {
  const picture = createRaster(side, side, 1);
  let level = 0;
  for (let y = 0; y < side; y += 2) {
    for (let n = 0; n < side; n++) picture.data[y * side + (y % 4 === 0 ? n : side - 1 - n)] = 40 + (level++ % 100) * 2;
    if (y + 1 < side) picture.data[(y + 1) * side + (y % 4 === 0 ? side - 1 : 0)] = 40 + (level++ % 100) * 2;
  }
  return picture;
}

describe('flood fill', () => {
  it('follows whatever winds through many regions, from either end', () => {
    const { data, ...size } = serpentine(96, 96);
    const picture = { ...size, data: data.map((level) => Math.min(level, 30)) };
    const line = picture.data.reduce((sum, level) => sum + (level === 30 ? 1 : 0), 0);
    for (const points of ['3.5 3.5', '50 3.5']) {
      for (const like of ['point', 'neighbour'] as const) {
        const params = { ...FILL, points, like };
        const whole = runWhole('flood-fill', picture, params);
        expect(filledOf(whole)).toBe(line);
        for (const grid of [
          { width: 7, height: 5 },
          { width: 96, height: 1 },
          { width: 1, height: 96 },
        ]) {
          expect(runOnGrid('flood-fill', picture, params, grid)).toEqual(whole);
        }
      }
    }
  });

  it('goes on from neighbour to neighbour where these change slowly', () => {
    const picture = slope(41);
    const params = { ...FILL, points: '0 0', tolerance: 2, connectivity: 4 as const };
    const whole = runWhole('flood-fill', picture, params);
    // The line jumps back after 100 pixels.
    expect(filledOf(whole)).toBe(100);
    expect(runOnGrid('flood-fill', picture, params, { width: 6, height: 3 })).toEqual(whole);
    expect(filledOf(runWhole('flood-fill', picture, { ...params, like: 'point' }))).toBeLessThan(40);
  });

  it('joins regions at corners with 8 neighbours only', () => {
    const picture = createRaster(4, 4, 1);
    for (const at of [0, 5, 10, 15]) picture.data[at] = 200;
    const fill = (connectivity: 4 | 8): number =>
      filledOf(runOnGrid('flood-fill', picture, { ...FILL, points: '0 0', connectivity }, { width: 2, height: 2 }));
    expect([fill(4), fill(8)]).toEqual([1, 4]);
  });

  it('fills in a part of the picture what it fills of all', () => {
    const picture = noise(40, 30, 3, 11, 3);
    const params = {
      ...FILL,
      points: '52 40 / 90 90',
      like: 'point' as const,
      tolerance: 130,
      connectivity: 8 as const,
    };
    const part = { x: 10, y: 6, width: 20, height: 15 };
    const within = floodFill.within?.(params, part, picture);
    expect(within?.points).toBe('52.5 43.333333 / 101 101');
    const shown = runWhole('flood-fill', cut(picture, part).raster, within!);
    const of = cut(runWhole('flood-fill', picture, params), part).raster;
    expect(filledOf(shown)).toBeGreaterThan(0);
    for (let at = 0; at < of.data.length; at += 3) {
      if (shown.data[at] !== of.data[at]) expect([...of.data.subarray(at, at + 3)]).toEqual([255, 255, 0]);
    }
  });

  it('refuses partials and states that are damaged', () => {
    const picture = noise(12, 9, 1, 5, 2);
    const region = { x: 0, y: 3, width: 12, height: 3 };
    const input = cut(picture, { x: 0, y: 2, width: 12, height: 5 });
    const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' }) as Error;
    const partial = floodFill.observe(input, region, picture, FILL, undefined);
    for (let length = 0; length < partial.length; length++) {
      const parts = [partial.subarray(0, length)];
      expect(() => floodFill.merge(parts, picture, picture, FILL, undefined)).toThrow(corrupt);
    }
    const point = { ...FILL, like: 'point' as const };
    expect(() => floodFill.merge([new Uint8Array()], picture, picture, point, undefined)).toThrow(corrupt);
    const state = stateOnGrid(floodFill, picture, point, { width: 12, height: 3 });
    for (let length = 0; length < state.length; length++) {
      expect(() => floodFill.apply(input, region, 1, state.subarray(0, length), picture, point)).toThrow(corrupt);
    }
  });
});
