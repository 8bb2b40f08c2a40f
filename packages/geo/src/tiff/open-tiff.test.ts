import { open } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openRaster, type OpenRasterOptions } from '../open-raster.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { fileRange } from '../source/file-range.ts';
import { unpackHere } from '../source/unpack-by-zlib.ts';
import { cut, difference, makeRasters, type RasterTruth } from './rasters-fixture.ts';

const folder = await makeRasters(['matrix', 'masks', 'nodata', 'places', 'cogs']);
afterAll(() => folder.remove());
const { files } = folder;

async function withRaster(
  name: string,
  use: (raster: RasterFile) => Promise<void>,
  options?: OpenRasterOptions,
): Promise<void> {
  const file = await open(folder.path(name));
  try {
    await use(await openRaster(await fileRange(file), options));
  } finally {
    await file.close();
  }
}

describe('what rasterio reads, sample for sample', () => {
  it.each(files)('$name', async (truth) => {
    const blocks = await folder.truth(truth);
    await withRaster(truth.name, async (raster) => {
      expect(raster.facts).toEqual(factsOf(truth));
      for (const [level, block] of blocks.entries()) {
        const read = await raster.readWindow({ x: 0, y: 0, width: block.width, height: block.height, level });
        expect(difference(read, block), `level ${level}`).toBeUndefined();
      }
    });
  });
});

describe('law: any window is that part of the whole', () => {
  const names = [
    'cog-mask',
    'cog-deflate',
    'alpha-uint16-4-pixel',
    'mask-overviews',
    'plain-overviews',
    'sparse-int16--1',
  ];
  const several = files.filter(({ name }, i) => names.includes(name) || i % 12 === 0);
  it.each(several)('$name', async (truth) => {
    const blocks = await folder.truth(truth);
    await withRaster(
      truth.name,
      async (raster) => {
        const windows = fc.nat(blocks.length - 1).chain((level) => {
          const { width, height } = blocks[level]!;
          return fc.record({
            level: fc.constant(level),
            xs: edges(width),
            ys: edges(height),
            band: fc.nat(truth.bands.length - 1),
          });
        });
        await fc.assert(
          fc.asyncProperty(windows, async ({ level, xs, ys, band }) => {
            const window = { x: xs[0], y: ys[0], width: xs[1] - xs[0], height: ys[1] - ys[0] };
            const read = await raster.readWindow({ ...window, level, bands: [band] });
            const whole = blocks[level]!;
            const part = cut({ ...whole, bands: [whole.bands[band]!], valid: [whole.valid[band]] }, window);
            expect(difference(read, part)).toBeUndefined();
            expect(read).toMatchObject(window);
          }),
          { numRuns: 25 },
        );
      },
      { unpack: unpackHere },
    );
  });
});

/** Two edges of a window, often those of tiles. */
function edges(size: number): fc.Arbitrary<readonly [number, number]> {
  const edge = fc.oneof(
    fc.nat(size),
    fc.nat(Math.floor(size / 16)).map((tile) => tile * 16),
  );
  return fc
    .tuple(edge, edge)
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    .filter(([a, b]) => a < b);
}

function factsOf({ type, bands, nodata, mask, epsg, transform, block, tiled, levels }: RasterTruth): unknown {
  const [[width, height], ...copies] = levels as [readonly [number, number], ...(readonly [number, number])[]];
  const overviews = copies.map(([width, height]) => ({ width, height }));
  const tile = tiled ? { width: block[1], height: block[0] } : { width, height: expect.any(Number) as unknown };
  const near = transform?.map((number): unknown => expect.closeTo(number, 6)) ?? null;
  return { width, height, type, bands, nodata, mask, epsg, transform: near, tile, overviews };
}
