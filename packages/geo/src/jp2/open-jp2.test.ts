import { open, readFile } from 'node:fs/promises';
import { AppError } from '@tessera/runtime';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openBench } from '../../../codec/src/decode/decoder-fixture.ts';
import { openRaster, type OpenRasterOptions } from '../open-raster.ts';
import { bytesRange } from '../source/bytes-range.ts';
import { fileRange } from '../source/file-range.ts';
import { cut, difference, makeRasters } from '../tiff/rasters-fixture.ts';

const folder = await makeRasters(['jp2']);
const bench = await openBench({ children: 2, deadlineMilliseconds: 3000 });
const options: OpenRasterOptions = { decodePicture: (tile, signal) => bench.decoder.decodeTile(tile, { signal }) };
afterAll(async () => {
  await bench.close();
  await folder.remove();
});

describe('what GDAL reads of JPEG 2000', () => {
  it.each(folder.files)('$name', async (truth) => {
    const [whole] = await folder.truth(truth);
    const file = await open(folder.path(truth.name));
    try {
      const raster = await openRaster(await fileRange(file), options);
      const { width, height, type } = whole!;
      const { bands, epsg } = truth;
      expect(raster.facts).toMatchObject({ width, height, type, epsg, bands, nodata: null, mask: 'none' });
      expect(raster.facts.transform).toEqual(truth.transform?.map((number): unknown => expect.closeTo(number, 6)));
      const read = await raster.readWindow({ x: 0, y: 0, width, height });
      expect(difference(read, whole!)).toBeUndefined();
      const part = { x: 60, y: 63, width: 70, height: 2 };
      expect(difference(await raster.readWindow(part), cut(whole!, part))).toBeUndefined();
    } finally {
      await file.close();
    }
  });
});

it('damaged files end in samples or in an error with a code', async () => {
  const whole = await readFile(folder.path('jp2-geo'));
  const damaged = fc.oneof(
    fc.nat(whole.length).map((end) => whole.subarray(0, end)),
    fc
      .array(fc.tuple(fc.oneof(fc.nat(whole.length - 1), fc.nat(1200)), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((flips) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, value] of flips) bytes[at] = value;
        return bytes;
      }),
  );
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      try {
        const raster = await openRaster(bytesRange(bytes), options);
        const { width, height } = raster.facts;
        await raster.readWindow({ x: 0, y: 0, width: Math.min(width, 200), height: Math.min(height, 200) });
      } catch (error) {
        if (!AppError.is(error)) throw error;
        expect(error.code).toMatch(/^(CORRUPT_|TRUNCATED_|UNSUPPORTED_|BAD_REQUEST|DECODE)/);
      }
    }),
    { numRuns: 24, seed: 7 },
  );
});
