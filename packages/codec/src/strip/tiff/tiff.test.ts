import type { Grid } from '@tessera/contracts';
import { bytesOf } from '@tessera/imaging';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSplit, outputFor } from '../join-fixture.ts';
import { complaintsOfVips, readPixels, seeWithGdal, sha256, withFiles } from '../oracles-fixture.ts';
import { makeDeepPicture, makePicture } from '../pictures-fixture.ts';
import { createTiffFormat } from './tiff.ts';

const classic = createTiffFormat();
/** Every file is larger than this. */
const big = createTiffFormat(0);

describe('TIFF by tiles', () => {
  it('decodes to the raster, however it is cut', async () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 120 }),
      height: fc.integer({ min: 1, max: 120 }),
      channels: fc.integer({ min: 1, max: 4 }),
      tile: fc.constantFrom(16, 32),
      across: fc.integer({ min: 1, max: 5 }),
      down: fc.integer({ min: 1, max: 5 }),
      bands: fc.boolean(),
      isBig: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ width, height, channels, tile, across, down, bands, isBig }) => {
        const raster = makePicture(width, height, channels, 'smooth');
        const grid = { width: bands ? width : across * tile, height: down * tile };
        const file = await encodeSplit(isBig ? big : classic, raster, grid, outputFor(raster, 'tiff', { tile }));
        expect(file.readUInt16LE(2)).toBe(isBig ? 43 : 42);
        expect(await readPixels(file)).toEqual(raster);
      }),
      { numRuns: 80 },
    );
  });

  it('is read without a warning, and with the same pixels, by GDAL and another libvips', async () => {
    const rasters = [1, 2, 3, 4].map((channels) => makePicture(331, 275, channels, 'smooth'));
    const grid: Grid = { width: 128, height: 192 };
    const files = await Promise.all(
      [classic, big].flatMap((format, i) =>
        rasters.map(async (raster) => ({
          name: `${i}-${raster.channels}.tif`,
          bytes: await encodeSplit(format, raster, grid, outputFor(raster, 'tiff')),
        })),
      ),
    );
    await withFiles(files, async (paths) => {
      const sights = await seeWithGdal(paths);
      expect(sights.map(({ sha256, warnings, bands, block }) => ({ sha256, warnings, bands, block }))).toEqual(
        [...rasters, ...rasters].map((raster) => ({
          sha256: sha256(raster.data),
          warnings: [],
          bands: raster.channels,
          block: [64, 64],
        })),
      );
      for (const path of paths) expect(await complaintsOfVips(path)).toBe('');
    });
  });

  it('holds 16 bits a sample, however it is cut, as GDAL reads them', async () => {
    const sizes = [
      [1, 1],
      [64, 65],
      [331, 143],
      [63, 300],
    ] as const;
    const cases = sizes.flatMap(([width, height], n) =>
      [1, 2, 3, 4].map((channels) => ({
        raster: makeDeepPicture(width, height, channels, 'smooth'),
        grid: { width: n === 3 ? width : 128, height: 64 },
        format: n === 1 ? big : classic,
      })),
    );
    const files = await Promise.all(
      cases.map(async ({ raster, grid, format }, n) => ({
        name: `${n}.tif`,
        bytes: await encodeSplit(format, raster, grid, outputFor(raster, 'tiff')),
      })),
    );
    await withFiles(files, async (paths) => {
      const sights = await seeWithGdal(paths);
      expect(sights.map(({ sha256, warnings, bands }) => ({ sha256, warnings, bands }))).toEqual(
        cases.map(({ raster }) => ({ sha256: sha256(bytesOf(raster.data)), warnings: [], bands: raster.channels })),
      );
    });
  });

  it('becomes a BigTIFF exactly when a classic file would be too large', async () => {
    const raster = makePicture(100, 100, 1, 'smooth');
    const grid = { width: 100, height: 100 };
    const bytes = (await encodeSplit(classic, raster, grid, outputFor(raster, 'tiff'))).length;
    const version = async (limit: number) =>
      (await encodeSplit(createTiffFormat(limit), raster, grid, outputFor(raster, 'tiff'))).readUInt16LE(2);
    expect(await version(bytes)).toBe(42);
    expect(await version(bytes - 1)).toBe(43);
  });

  it('refuses regions that cut through tiles', async () => {
    const raster = makePicture(100, 100, 1, 'smooth');
    await expect(
      encodeSplit(classic, raster, { width: 48, height: 48 }, outputFor(raster, 'tiff')),
    ).rejects.toMatchObject({
      code: 'INTERNAL',
    });
  });
});
