import type { Output } from '@tessera/contracts';
import type { Raster } from '@tessera/imaging';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharp } from '../../sharp.ts';
import { encodeSplit, outputFor } from '../join-fixture.ts';
import { complaintsOfDjpeg, complaintsOfVips, readPixels, seeWithGdal, withFiles } from '../oracles-fixture.ts';
import { makePicture } from '../pictures-fixture.ts';
import { rawInput } from '../raw-input.ts';
import { jpegFormat } from './jpeg.ts';

/** What sharp makes of the whole raster at once, with Huffman tables of its own making. */
function encodeWhole(raster: Raster, { quality, subsampling }: Output): Promise<Buffer> {
  return sharp(raster.data, rawInput(raster))
    .toColourspace(raster.channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality, chromaSubsampling: subsampling })
    .toBuffer();
}

describe('JPEG by strips', () => {
  it('decodes to the pixels of a whole-image encode, however it is cut', async () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 150 }),
      height: fc.integer({ min: 1, max: 200 }),
      channels: fc.constantFrom(1, 3),
      band: fc.integer({ min: 1, max: 6 }),
      quality: fc.integer({ min: 1, max: 100 }),
      subsampling: fc.constantFrom('4:2:0' as const, '4:4:4' as const),
      texture: fc.constantFrom('noise' as const, 'smooth' as const, 'drawing' as const),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ width, height, channels, band, quality, subsampling, texture }) => {
        const raster = makePicture(width, height, channels, texture);
        const output = outputFor(raster, 'jpeg', { quality, subsampling });
        const file = await encodeSplit(jpegFormat, raster, { width, height: 16 * band }, output);
        expect(await readPixels(file)).toEqual(await readPixels(await encodeWhole(raster, output)));
      }),
      { numRuns: 80 },
    );
  });

  it('takes 4:4:4 and gray in bands of 8 rows', async () => {
    for (const channels of [1, 3]) {
      const raster = makePicture(77, 61, channels, 'smooth');
      const output = outputFor(raster, 'jpeg', { subsampling: '4:4:4' });
      const file = await encodeSplit(jpegFormat, raster, { width: 77, height: 8 }, output);
      expect(await readPixels(file)).toEqual(await readPixels(await encodeWhole(raster, output)));
    }
  });

  it('is read without a warning by libjpeg-turbo, GDAL and another libvips', async () => {
    const cases = [1, 3].flatMap((channels) =>
      (['4:2:0', '4:4:4'] as const).map((subsampling) => ({
        subsampling,
        raster: makePicture(331, 275, channels, 'smooth'),
      })),
    );
    const named = ({ subsampling, raster }: (typeof cases)[number], kind: string, bytes: Uint8Array) => ({
      name: `${subsampling.replaceAll(':', '')}-${raster.channels}-${kind}.jpg`,
      bytes,
    });
    const outputs = cases.map(({ raster, subsampling }) => outputFor(raster, 'jpeg', { subsampling }));
    const grid = { width: 331, height: 32 };
    const split = await Promise.all(
      cases.map(async (one, i) => named(one, 'split', await encodeSplit(jpegFormat, one.raster, grid, outputs[i]!))),
    );
    const whole = await Promise.all(
      cases.map(async (one, i) => named(one, 'whole', await encodeWhole(one.raster, outputs[i]!))),
    );
    await withFiles([...split, ...whole], async (paths) => {
      const sights = await seeWithGdal(paths);
      expect(sights.flatMap(({ warnings }) => warnings)).toEqual([]);
      const sums = sights.map(({ sha256 }) => sha256);
      expect(sums.slice(0, split.length)).toEqual(sums.slice(split.length));
      for (const path of paths.slice(0, split.length)) {
        expect(await complaintsOfDjpeg(path)).toBe('');
        expect(await complaintsOfVips(path)).toBe('');
      }
    });
  });

  it('has no restart markers in one strip', async () => {
    const raster = makePicture(100, 100, 3, 'smooth');
    const file = await encodeSplit(jpegFormat, raster, { width: 100, height: 100 }, outputFor(raster, 'jpeg'));
    expect(file.includes(Buffer.of(0xff, 0xdd, 0, 4))).toBe(false);
  });

  it('carries EXIF when it is given', async () => {
    const source = await sharp(Buffer.alloc(300), { raw: { width: 10, height: 10, channels: 3 } })
      .withExif({ IFD0: { Artist: 'somebody' } })
      .jpeg()
      .toBuffer();
    const { exif } = await sharp(source).metadata();
    const raster = makePicture(20, 20, 3, 'smooth');
    const extras = { exif: exif!.subarray(6) };
    const file = await encodeSplit(jpegFormat, raster, { width: 20, height: 20 }, outputFor(raster, 'jpeg'), extras);
    expect((await sharp(file).metadata()).exif).toEqual(exif);
    await withFiles([{ name: 'exif.jpg', bytes: file }], async ([path]) => {
      expect(await complaintsOfDjpeg(path!)).toBe('');
    });
  });

  it('refuses to join bands of different tables', async () => {
    const raster = makePicture(32, 32, 3, 'smooth');
    const encode = async (index: number, quality: number) => {
      const region = { x: 0, y: 16 * index, width: 32, height: 16 };
      const place = { region, index, count: 2, grid: { width: 32, height: 16 } };
      const band = { ...raster, height: 16, data: raster.data.subarray(0, 32 * 16 * 3) };
      return (await jpegFormat.encode(band, place, outputFor(raster, 'jpeg', { quality }))).facts;
    };
    const strips = [await encode(0, 80), await encode(1, 81)];
    const join = () => jpegFormat.assemble(strips, { width: 32, height: 16 }, outputFor(raster, 'jpeg'));
    expect(join).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('refuses bands that are no restart interval', async () => {
    const header = (await jpegFormat.encode(...one())).facts.header!;
    const assemble = (width: number, band: number) =>
      jpegFormat.assemble(
        [
          { bytes: 9, header },
          { bytes: 9, header },
        ],
        { width, height: band },
        { ...one()[2], width, height: 2 * band },
      );
    expect(() => assemble(20_000, 848)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    expect(() => assemble(20_000, 832)).not.toThrow();
    expect(() => assemble(200, 24)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});

function one() {
  const raster = makePicture(16, 16, 3, 'smooth');
  const region = { x: 0, y: 0, width: 16, height: 16 };
  const place = { region, index: 0, count: 1, grid: { width: 16, height: 16 } };
  return [raster, place, outputFor(raster, 'jpeg')] as const;
}
