import { join } from 'node:path';
import { AppError } from '@tessera/runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sharp } from '../sharp.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { rawInput } from '../strip/raw-input.ts';
import { openBench, type Bench } from './decoder-fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const raster = makePicture(97, 83, 3, 'smooth');
const image = () => sharp(raster.data, rawInput(raster));
const makers = {
  png: () => image().png(),
  'interlaced png': () => image().png({ progressive: true, palette: true }),
  jpeg: () => image().jpeg(),
  'progressive jpeg': () => image().jpeg({ progressive: true }),
  gif: () => image().gif(),
  'tiled tiff': () => image().tiff({ tile: true, tileWidth: 32, tileHeight: 32, compression: 'deflate' }),
  'tiff of jpeg': () => image().tiff({ compression: 'jpeg' }),
  webp: () => image().webp(),
  'lossless webp': () => image().webp({ lossless: true }),
  avif: () => image().avif({ effort: 0 }),
};

/** What may be said of a damaged file. */
const ANSWERS: readonly string[] = [
  'CORRUPT_IMAGE',
  'TRUNCATED_IMAGE',
  'UNSUPPORTED_FORMAT',
  'TOO_MANY_PIXELS',
  'TOO_MANY_CHANNELS',
  'TOO_MANY_FRAMES',
  'TOO_MANY_SCANS',
  'INTERLACED_TOO_LARGE',
];

/** Damage at a share of the file's length: bytes put in the place of `removed` others. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  inHeader: fc.boolean(),
  removed: fc.constantFrom(0, 1, 2, 4, 40, 100_000),
  added: fc.uint8Array({ maxLength: 4 }),
});

it.each(Object.keys(makers) as (keyof typeof makers)[])(
  'a damaged %s is decoded or refused, and never kills its reader',
  async (kind) => {
    const file = await makers[kind]().toBuffer();
    const [pid] = bench.decoder.pids();
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
        const damaged = damages.reduce((bytes, { at, inHeader, removed, added }) => {
          const start = Math.floor(at * (inHeader ? Math.min(200, bytes.length) : bytes.length));
          return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + removed)]);
        }, file);
        const path = await bench.save(damaged, 'damaged');
        try {
          const probe = await bench.decoder.probe(path);
          const decoded = await bench.decoder.decode(path, join(bench.folder, 'decoded'));
          expect(decoded).toMatchObject({ width: probe.width, height: probe.height, channels: probe.channels });
        } catch (error) {
          if (!AppError.is(error)) throw error;
          expect(ANSWERS).toContain(error.code);
        }
        expect(bench.decoder.pids()).toEqual([pid]);
      }),
      { numRuns: 40 },
    );
  },
);
