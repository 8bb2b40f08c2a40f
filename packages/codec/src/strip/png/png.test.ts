import { describe, expect, it } from 'vitest';
import { bytesOf } from '@tessera/imaging';
import fc from 'fast-check';
import { smallestExif } from '../exif-fixture.ts';
import { encodeSplit, outputFor } from '../join-fixture.ts';
import {
  complaintsOfVips,
  readPixels,
  reportOfPngcheck,
  seeWithGdal,
  sha256,
  summary,
  withFiles,
} from '../oracles-fixture.ts';
import { makeDeepPicture, makePicture, type Texture } from '../pictures-fixture.ts';
import { pngFormat } from './png.ts';

const textures: readonly Texture[] = ['noise', 'smooth', 'flat', 'drawing'];

describe('PNG by strips', () => {
  it('decodes to the raster, however it is cut', async () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 90 }),
      channels: fc.integer({ min: 1, max: 4 }),
      band: fc.integer({ min: 1, max: 100 }),
      texture: fc.constantFrom(...textures),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ width, height, channels, band, texture }) => {
        const raster = makePicture(width, height, channels, texture);
        const file = await encodeSplit(pngFormat, raster, { width, height: band }, outputFor(raster, 'png'));
        expect(summary(await readPixels(file))).toBe(summary(raster));
      }),
      { numRuns: 60 },
    );
  });

  it('is read without a warning, and with the same pixels, by libpng, GDAL and another libvips', async () => {
    const rasters = [1, 2, 3, 4].flatMap((channels) =>
      textures.map((texture) => ({ texture, raster: makePicture(301, 203, channels, texture) })),
    );
    const files = await Promise.all(
      rasters.map(async ({ raster, texture }) => ({
        name: `${texture}-${raster.channels}.png`,
        bytes: await encodeSplit(pngFormat, raster, { width: 301, height: 48 }, outputFor(raster, 'png')),
      })),
    );
    await withFiles(files, async (paths) => {
      const sights = await seeWithGdal(paths);
      expect(sights.map(({ sha256, warnings, bands }) => ({ sha256, warnings, bands }))).toEqual(
        rasters.map(({ raster }) => ({ sha256: sha256(raster.data), warnings: [], bands: raster.channels })),
      );
      for (const path of paths) {
        expect(await reportOfPngcheck(path)).toContain('No errors detected');
        expect(await complaintsOfVips(path)).toBe('');
      }
    });
  });

  it('holds 16 bits a sample, however it is cut, as GDAL reads them', async () => {
    const sizes = [
      [1, 1],
      [7, 40],
      [301, 97],
      [520, 33],
    ] as const;
    const cases = sizes.flatMap(([width, height], n) =>
      [1, 2, 3, 4].map((channels) => ({
        raster: makeDeepPicture(width, height, channels, textures[n]!),
        band: 1 + 16 * n,
      })),
    );
    const files = await Promise.all(
      cases.map(async ({ raster, band }, n) => ({
        name: `${n}.png`,
        bytes: await encodeSplit(pngFormat, raster, { width: raster.width, height: band }, outputFor(raster, 'png')),
      })),
    );
    await withFiles(files, async (paths) => {
      const sights = await seeWithGdal(paths);
      expect(sights.map(({ sha256, warnings, bands }) => ({ sha256, warnings, bands }))).toEqual(
        cases.map(({ raster }) => ({ sha256: sha256(bytesOf(raster.data)), warnings: [], bands: raster.channels })),
      );
      expect(await reportOfPngcheck(paths[15]!)).toContain('64-bit RGB+alpha');
    });
  });

  it('does not look above the first row of a strip', async () => {
    const raster = makePicture(64, 32, 3, 'smooth');
    const grid = { width: 64, height: 16 };
    const below = { ...raster, data: raster.data.slice() };
    below.data.fill(7, 0, 64 * 3 * 16);
    const [whole, changed] = await Promise.all(
      [raster, below].map((picture) => encodeSplit(pngFormat, picture, grid, outputFor(raster, 'png'))),
    );
    const tail = (file: Buffer) =>
      file.subarray(-file.length + file.lastIndexOf('IDAT', file.lastIndexOf('IDAT') - 1) - 4);
    const strip = (file: Buffer) => tail(file).subarray(0, tail(file).readUInt32BE(0) + 12);
    expect(strip(whole!)).toEqual(strip(changed!));
  });

  it('takes rows that are longer than what is compressed at a time', async () => {
    const raster = makePicture(200_000, 3, 3, 'drawing');
    const file = await encodeSplit(pngFormat, raster, { width: 200_000, height: 2 }, outputFor(raster, 'png'));
    expect(summary(await readPixels(file))).toBe(summary(raster));
  });

  it('carries EXIF when it is given', async () => {
    const raster = makePicture(20, 20, 3, 'smooth');
    const exif = smallestExif();
    const file = await encodeSplit(pngFormat, raster, { width: 20, height: 20 }, outputFor(raster, 'png'), { exif });
    await withFiles([{ name: 'exif.png', bytes: file }], async ([path]) => {
      expect(await reportOfPngcheck(path!)).toContain('eXIf');
    });
    expect(await readPixels(file)).toEqual(raster);
  });

  it.each([
    ['a strip is missing', [{ bytes: 1, adler: { value: 1, length: 0 } }], { width: 8, height: 4 }],
    ['cells are not bands', Array.from({ length: 4 }, () => ({ bytes: 1 })), { width: 4, height: 4 }],
    ['a strip has no Adler-32', [{ bytes: 1 }], { width: 8, height: 8 }],
  ])('refuses to assemble when %s', (_, strips, grid) => {
    const output = outputFor(makePicture(8, 8, 1, 'flat'), 'png');
    expect(() => pngFormat.assemble(strips, grid, output)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
