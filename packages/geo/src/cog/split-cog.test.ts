import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RasterBlock } from '../raster/raster-block.ts';
import { planCog } from './cog-layout.ts';
import type { PieceRegion } from './piece-region.ts';
import type { PieceStage } from './plan-pieces.ts';
import { pieceInputs, planPieces } from './plan-pieces.ts';
import { rasterBlockDigests, rasterDigest } from './raster-digest.ts';
import { cutBlock, encodeStages, joinPieces, makeRaster, writeCog } from './write-cog-fixture.ts';

const sizes = fc.oneof(fc.integer({ min: 1, max: 150 }), fc.constantFrom(15, 16, 17, 31, 32, 33, 64, 127, 128, 129));

const anyCog = fc.record({
  width: sizes,
  height: sizes,
  type: fc.constantFrom('uint8' as const, 'int16' as const, 'float32' as const),
  bands: fc.integer({ min: 1, max: 3 }),
  tile: fc.constantFrom(16, 32, 48),
  compression: fc.constantFrom('none' as const, 'deflate' as const, 'zstd' as const, 'lzw' as const),
  level: fc.constant(undefined),
  interleave: fc.constantFrom('pixel' as const, 'band' as const),
  nodata: fc.constantFrom(null, 0),
  resampling: fc.constantFrom('average' as const, 'nearest' as const, 'mode' as const),
});

/** Cuts a level at random edges of tiles, first into rows, then each row for itself. */
function cutLevel(
  { width, height }: { readonly width: number; readonly height: number },
  unit: number,
  draw: (most: number) => number,
): Pick<PieceRegion, 'x' | 'y' | 'width' | 'height'>[] {
  const regions: Pick<PieceRegion, 'x' | 'y' | 'width' | 'height'>[] = [];
  for (let y = 0; y < height;) {
    const bottom = Math.min(height, y + unit * (1 + draw(3)));
    for (let x = 0; x < width;) {
      const right = Math.min(width, x + unit * (1 + draw(3)));
      regions.push({ x, y, width: right - x, height: bottom - y });
      x = right;
    }
    y = bottom;
  }
  return regions;
}

function randomStages(layout: ReturnType<typeof planCog>, draw: (most: number) => number): PieceStage[] {
  const stages: PieceStage[] = [];
  for (let level = 0; level < layout.levels.length;) {
    const levels = Math.min(1 + draw(2), layout.levels.length - level);
    const regions = cutLevel(layout.levels[level]!, layout.tile * 2 ** (levels - 1), draw);
    stages.push({ level, levels, regions: regions.map((region) => ({ level, levels, ...region })) });
    level += levels;
  }
  return stages;
}

describe('a COG made by many', () => {
  it('is the same file, byte for byte, as one made at once', async () => {
    const seeds = fc.integer({ min: 1, max: 2 ** 31 });
    await fc.assert(
      fc.asyncProperty(anyCog, seeds, async (options, seed) => {
        let state = seed;
        const draw = (most: number) => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return Math.floor((state / 2 ** 32) * (most + 1));
        };
        const layout = planCog(options);
        const raster = makeRaster(options, options.type, options.bands, { seed, hole: 0 });
        const whole = await writeCog(layout, raster, Infinity);
        const pieces = await encodeStages(layout, raster, randomStages(layout, draw));
        // Pieces may come in any order.
        pieces.sort(() => draw(2) - 1);
        expect(joinPieces(layout, pieces).equals(whole)).toBe(true);
        expect((await writeCog(layout, raster, 40 * 40)).equals(whole)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has the digest of the unsplit raster, whatever the windows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1700 }),
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom('uint8' as const, 'float64' as const),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 512 * 16, max: 2 ** 17 }),
        (width, height, type, bands, pixels) => {
          const raster = makeRaster({ width, height }, type, bands);
          const layout = planCog({ width, height, type, bands, tile: 16 });
          const digestsOf = (window: RasterBlock) => ({ region: window, digests: rasterBlockDigests(window) });
          const windows = planPieces(layout, pixels)[0]!.regions.map((region) => digestsOf(cutBlock(raster, region)));
          expect(rasterDigest(raster, windows.reverse())).toBe(rasterDigest(raster, [digestsOf(raster)]));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is planned in regions of at most the pixels allowed, each read from few before it', () => {
    const layout = planCog({ width: 100_000, height: 100_000, type: 'float32', bands: 1 });
    const pixels = 16 * 2 ** 20;
    const stages = planPieces(layout, pixels);
    expect(stages.map(({ level, levels, regions }) => [level, levels, regions.length])).toEqual([
      [0, 2, 686],
      [2, 1, 49],
      [3, 2, 13],
      [5, 4, 1],
    ]);
    for (const { regions } of stages) {
      for (const { width, height } of regions) expect(width * height).toBeLessThanOrEqual(pixels);
    }
    const inputs = stages[1]!.regions.map((region) => pieceInputs(stages[0]!, region));
    expect(new Set(inputs.flat()).size).toBe(686);
    expect(Math.max(...inputs.map(({ length }) => length))).toBe(14);
  });
});
