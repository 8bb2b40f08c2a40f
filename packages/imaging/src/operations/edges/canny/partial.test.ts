import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCells, partOfCell } from '../../../components/cell-table.ts';
import { createRaster, type Raster } from '../../../raster.ts';
import { gridCount, gridRegion } from '../../../region.ts';
import { pictures } from '../../picture.fixture.ts';
import { labelBorder, type BorderLabels } from './border-labels.ts';
import { findComponents } from './components.ts';
import { decodePartial, encodePartial } from './partial.ts';

function labelsOf(classes: Raster, grid: { width: number; height: number }, picture: Raster): BorderLabels[] {
  return Array.from({ length: gridCount(grid, picture) }, (_, index) => {
    const region = gridRegion(grid, picture, index);
    const part = createRaster(region.width, region.height, 1);
    for (let y = 0; y < region.height; y++) {
      const from = (region.y + y) * picture.width + region.x;
      part.data.set(classes.data.subarray(from, from + region.width), y * region.width);
    }
    const { sides, strong } = labelBorder(findComponents(part), region, picture);
    return { sides, strong };
  });
}

const classes = pictures(40).map(({ width, height, data }): Raster => {
  return { width, height, channels: 1, data: data.slice(0, width * height).map((value) => value % 3) };
});
const side = fc.integer({ min: 1, max: 41 });

describe('partials', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(classes, side, side, (raster, width, height) => {
        for (const labels of labelsOf(raster, { width, height }, raster)) {
          expect(decodePartial(encodePartial(labels))).toEqual(labels);
        }
      }),
    );
  });

  it('are refused when damaged, and never end in a loop', () => {
    const [labels] = labelsOf(
      { ...createRaster(9, 4, 1), data: new Uint8Array(36).map((_, at) => at % 2) },
      { width: 9, height: 2 },
      createRaster(9, 4, 1),
    );
    const bytes = encodePartial(labels!);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodePartial(bytes.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'STORE_CORRUPT' }),
      );
    }
    expect(() => decodePartial(Uint8Array.of(...bytes, 0))).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        try {
          decodePartial(noise);
        } catch (error) {
          expect(error).toMatchObject({ code: 'STORE_CORRUPT' });
        }
      }),
    );
  });

  it('of a band of 12000 columns stay small at the very worst', () => {
    // Every other pixel of both sides a component of its own.
    const picture = createRaster(12000, 12000 / 2, 1);
    const band = createRaster(12000, 5, 1);
    for (let x = 0; x < 12000; x += 2) for (const y of [0, 4]) band.data[y * 12000 + x] = 1 + (x % 4) / 2;
    const region = { x: 0, y: 512, width: 12000, height: 5 };
    expect(encodePartial(labelBorder(findComponents(band), region, picture)).length).toBeLessThan(48_000);
  });

  it('are empty where there is no other region', () => {
    const raster = { ...createRaster(5, 5, 1), data: new Uint8Array(25).fill(2) };
    expect([
      ...encodePartial(labelBorder(findComponents(raster), { x: 0, y: 0, width: 5, height: 5 }, raster)),
    ]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('state', () => {
  it('gives each cell its bits and refuses what is no state', () => {
    const state = encodeCells([Uint8Array.of(5), new Uint8Array(), Uint8Array.of(255, 1)]);
    expect([0, 1, 2].map((cell) => [...partOfCell(state, cell, 'state')])).toEqual([[5], [], [255, 1]]);
    expect(() => partOfCell(state, 3, 'state')).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
    expect(() => partOfCell(state.subarray(0, 18), 2, 'state')).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT' }),
    );
    expect(() => partOfCell(new Uint8Array(), 0, 'state')).toThrow(expect.objectContaining({ code: 'STORE_CORRUPT' }));
  });
});
