import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_HEIGHT, BLOCK_WIDTH, blockDigests, pixelDigest } from './digest.ts';
import type { Raster } from './raster.ts';
import type { wholeOf } from './region.ts';
import { gridCount, gridRegion } from './region.ts';

function crop(raster: Raster, region: ReturnType<typeof wholeOf>): Raster {
  const { channels } = raster;
  const data = new Uint8Array(region.width * region.height * channels);
  for (let y = 0; y < region.height; y++) {
    const from = ((region.y + y) * raster.width + region.x) * channels;
    data.set(raster.data.subarray(from, from + region.width * channels), y * region.width * channels);
  }
  return { width: region.width, height: region.height, channels, data };
}

const rasters = fc
  .record({
    width: fc.integer({ min: 1, max: 1100 }),
    height: fc.integer({ min: 1, max: 70 }),
    channels: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(),
  })
  .map(({ width, height, channels, seed }): Raster => {
    const data = new Uint8Array(width * height * channels);
    for (let index = 0, state = seed | 1; index < data.length; index++)
      data[index] = state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 24;
    return { width, height, channels, data };
  });

describe('pixelDigest', () => {
  it('is the same however the picture is cut along block edges', () => {
    fc.assert(
      fc.property(rasters, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), (raster, columns, rows) => {
        const grid = { width: columns * BLOCK_WIDTH, height: rows * BLOCK_HEIGHT };
        const cells = Array.from({ length: gridCount(grid, raster) }, (_, index) =>
          blockDigests(crop(raster, gridRegion(grid, raster, index))),
        );
        expect(pixelDigest(cells, grid, raster)).toBe(pixelDigest([blockDigests(raster)], raster, raster));
      }),
      { numRuns: 40 },
    );
  });

  it('changes with any single sample', () => {
    fc.assert(
      fc.property(rasters, fc.nat(), (raster, at) => {
        const data = raster.data.slice();
        data[at % data.length]! ^= 1;
        const digest = (bytes: Uint8Array) => pixelDigest([blockDigests({ ...raster, data: bytes })], raster, raster);
        expect(digest(data)).not.toBe(digest(raster.data));
      }),
      { numRuns: 20 },
    );
  });
});
