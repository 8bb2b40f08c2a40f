import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wholeOf, type Raster } from '@tessera/imaging';
import { openBench, type Bench } from '../decode/decoder-fixture.ts';
import { sharp } from '../sharp.ts';
import { smallestExif } from '../strip/exif-fixture.ts';
import { encodeSplit, outputFor } from '../strip/join-fixture.ts';
import { readPixels, summary } from '../strip/oracles-fixture.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { pngFormat } from '../strip/png/png.ts';
import { rawInput } from '../strip/raw-input.ts';
import { pyramidBytes, pyramidLevels, type Pyramid } from './pyramid.ts';
import { readLevel, readThumbnail, readTile } from './read-pyramid.ts';

let bench: Bench;
let made = 0;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

async function pyramidOf(file: Uint8Array, onShare?: (share: number) => void): Promise<Pyramid> {
  const target = join(bench.folder, `pyramid-${(made += 1)}.tif`);
  return bench.decoder.makePyramid(await bench.save(file), target, { onShare });
}

const png = (raster: Raster): Promise<Buffer> =>
  sharp(raster.data, rawInput(raster))
    .toColourspace(raster.channels < 3 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();

/** Counts by the plainest loop. */
function countsOf({ data, channels }: Raster): number[][] {
  const counts = Array.from({ length: channels }, () => new Array<number>(256).fill(0));
  data.forEach((level, at) => (counts[at % channels]![level]! += 1));
  return counts;
}

describe('makePyramid', () => {
  const kinds: readonly (readonly [string, number, (raster: Raster) => Promise<Buffer>])[] = [
    ['gray', 1, png],
    ['gray with alpha', 2, png],
    ['RGB', 3, png],
    ['RGB with alpha', 4, png],
    ['16-bit gray', 1, (raster) => sharp(raster.data, rawInput(raster)).toColourspace('grey16').png().toBuffer()],
    ['16-bit RGB', 3, (raster) => sharp(raster.data, rawInput(raster)).toColourspace('rgb16').tiff().toBuffer()],
    ['JPEG', 3, (raster) => sharp(raster.data, rawInput(raster)).jpeg().toBuffer()],
    ['CMYK', 3, (raster) => sharp(raster.data, rawInput(raster)).toColourspace('cmyk').tiff().toBuffer()],
  ];

  it.each(kinds)(
    '%s: its first level is what jobs decode, its counts are those of all pixels',
    async (_, channels, encode) => {
      const file = await encode(makePicture(1061, 643, channels, 'smooth'));
      const pyramid = await pyramidOf(file);
      const decoded = await bench.decode(file);
      expect(summary(await readLevel(pyramid, 0, wholeOf(pyramid)))).toBe(summary(decoded));
      expect(pyramid.histogram).toEqual(countsOf(decoded));
      expect(pyramid.levels).toEqual([
        { width: 1061, height: 643 },
        { width: 530, height: 321 },
        { width: 265, height: 160 },
      ]);
      for (const [level, size] of pyramid.levels.entries()) {
        const raster = await readLevel(pyramid, level, wholeOf(size));
        expect([raster.width, raster.height, raster.channels]).toEqual([size.width, size.height, channels]);
      }
    },
  );

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    const raster = makePicture(700, 90, 3, 'noise', orientation);
    const extras = { exif: smallestExif(orientation) };
    const file = await encodeSplit(pngFormat, raster, { width: 700, height: 96 }, outputFor(raster, 'png'), extras);
    const pyramid = await pyramidOf(file);
    expect(summary(await readLevel(pyramid, 0, wholeOf(pyramid)))).toBe(summary(await bench.decode(file)));
    const target = join(bench.folder, `thumbnail-${orientation}`);
    await bench.decoder.makeThumbnail(await bench.save(file), target, 128);
    const { width, height } = await sharp(target).metadata();
    expect(width > height).toBe(pyramid.width > pyramid.height);
  });

  it('tells how far it is, rising to 1 at most', async () => {
    const big = sharp({ create: { width: 9000, height: 6000, channels: 3, background: 'gray' } });
    const shares: number[] = [];
    const pyramid = await pyramidOf(await big.jpeg().toBuffer(), (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect((await stat(pyramid.path)).size).toBe(pyramid.bytes);
    expect(pyramid.bytes / pyramidBytes(pyramid, 3)).toBeCloseTo(1, 2);
  });

  it('refuses what is no image, leaves nothing behind, and reads no file of libvips that a stranger sends', async () => {
    const own = join(bench.folder, 'own.v');
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'gray' } }).toFile(own);
    const target = join(bench.folder, 'refused.tif');
    await expect(bench.decoder.makePyramid(own, target)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    await pyramidOf(await png(makePicture(20, 20, 3, 'noise')));
    await expect(bench.decoder.makePyramid(own, target)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    expect((await readdir(bench.folder)).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it('is given up on request, with nothing left behind', async () => {
    const file = await bench.save(await png(makePicture(2000, 2000, 3, 'noise')));
    const target = join(bench.folder, 'cancelled.tif');
    const stop = new AbortController();
    const parts = async () => (await readdir(bench.folder)).filter((name) => name.startsWith('cancelled'));
    const making = bench.decoder.makePyramid(file, target, { signal: stop.signal });
    const refused = expect(making).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(async () => expect(await parts()).not.toEqual([]), { timeout: 20_000, interval: 1 });
    stop.abort();
    await refused;
    expect(await parts()).toEqual([]);
  });
});

describe('reading a pyramid', () => {
  let raster: Raster;
  let pyramid: Pyramid;
  beforeAll(async () => {
    raster = makePicture(1300, 900, 3, 'smooth');
    pyramid = await pyramidOf(await png(raster));
  });

  it('gives the pixels of any region of the first level', async () => {
    const whole = await bench.decode(await png(raster));
    const span = (most: number) => fc.tuple(fc.nat(most - 1), fc.nat(most - 1));
    await fc.assert(
      fc.asyncProperty(span(1300), span(900), async ([a, b], [c, d]) => {
        const region = {
          x: Math.min(a, b),
          y: Math.min(c, d),
          width: Math.abs(a - b) + 1,
          height: Math.abs(c - d) + 1,
        };
        const part = await readLevel(pyramid, 0, region);
        expect([part.width, part.height]).toEqual([region.width, region.height]);
        const at = (x: number, y: number) => [...whole.data.subarray((y * 1300 + x) * 3, (y * 1300 + x) * 3 + 3)];
        expect([...part.data.subarray(0, 3)]).toEqual(at(region.x, region.y));
        expect([...part.data.subarray(-3)]).toEqual(at(region.x + region.width - 1, region.y + region.height - 1));
      }),
      { numRuns: 25 },
    );
  });

  it('halves by the mean of four pixels', async () => {
    const half = await readLevel(pyramid, 1, { x: 0, y: 0, width: 1, height: 1 });
    const sums = [0, 1, 2].map((c) => [0, 3, 3900, 3903].reduce((sum, at) => sum + raster.data[at + c]!, 0) / 4);
    for (const [c, mean] of sums.entries()) expect(Math.abs(half.data[c]! - mean)).toBeLessThanOrEqual(1);
  });

  it('gives tiles, smaller ones at the edges, none beyond', async () => {
    const sizes = async (level: number, column: number, row: number) => {
      const view = await readTile(pyramid, level, column, row);
      if (!view) return undefined;
      const { width, height } = await sharp(view.bytes).metadata();
      return [view.contentType, width, height];
    };
    expect(await sizes(0, 0, 0)).toEqual(['image/jpeg', 512, 512]);
    expect(await sizes(0, 2, 1)).toEqual(['image/jpeg', 276, 388]);
    expect(await sizes(2, 0, 0)).toEqual(['image/jpeg', 325, 225]);
    expect(await sizes(0, 3, 0)).toBeUndefined();
    expect(await sizes(3, 0, 0)).toBeUndefined();
  });

  it('keeps transparency in tiles and thumbnails', async () => {
    const clear = await pyramidOf(await png(makePicture(600, 40, 4, 'smooth')));
    for (const view of [await readTile(clear, 0, 0, 0), await readThumbnail(clear, 128)]) {
      expect(view?.contentType).toBe('image/webp');
      expect((await readPixels(Buffer.from(view!.bytes))).channels).toBe(4);
    }
  });

  it('makes thumbnails that are never larger than the picture', async () => {
    const small = await pyramidOf(await png(makePicture(40, 30, 1, 'smooth')));
    expect(await sharp((await readThumbnail(small, 256)).bytes).metadata()).toMatchObject({ width: 40, height: 30 });
    expect(await sharp((await readThumbnail(pyramid, 256)).bytes).metadata()).toMatchObject({
      width: 256,
      height: 177,
    });
  });

  it('says so when its file is gone', async () => {
    const gone = { ...pyramid, path: `${pyramid.path}.gone` };
    await expect(readTile(gone, 0, 0, 0)).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
  });
});

describe('makeThumbnail', () => {
  it.each([
    [1, 'image/jpeg'],
    [3, 'image/jpeg'],
    [4, 'image/webp'],
  ])('of %i channels is a %s', async (channels, contentType) => {
    const target = join(bench.folder, `small-${channels}`);
    const path = await bench.save(await png(makePicture(900, 600, channels, 'smooth')));
    expect(await bench.decoder.makeThumbnail(path, target, 256)).toEqual({ contentType });
    expect(await sharp(target).metadata()).toMatchObject({ width: 256, height: 171 });
    // The small picture looks like the large one, shrunk by another program path.
    const small = await readPixels(
      await sharp(target)
        .toColourspace(channels < 3 ? 'b-w' : 'srgb')
        .png()
        .toBuffer(),
    );
    const large = await readPixels(
      await sharp(path)
        .resize(256, 171)
        .toColourspace(channels < 3 ? 'b-w' : 'srgb')
        .png()
        .toBuffer(),
    );
    const off = small.data.reduce((sum, level, at) => sum + Math.abs(level - large.data[at]!), 0) / small.data.length;
    expect(off).toBeLessThan(6);
  });
});

describe('pyramidLevels', () => {
  it('ends with one tile, or with a line', () => {
    expect(pyramidLevels({ width: 20_000, height: 900 }).at(-1)).toEqual({ width: 312, height: 14 });
    expect(pyramidLevels({ width: 512, height: 512 })).toHaveLength(1);
    expect(pyramidLevels({ width: 5000, height: 3 })).toEqual([
      { width: 5000, height: 3 },
      { width: 2500, height: 1 },
    ]);
  });

  it.each([
    [1, 1],
    [17, 5],
    [256, 256],
    [257, 3],
    [1, 2000],
    [2000, 3],
    [513, 512],
  ])('are those that libvips makes of %i × %i', async (width, height) => {
    const raster = makePicture(width, height, 3, 'noise');
    const pyramid = await pyramidOf(await png(raster));
    expect(summary(await readLevel(pyramid, 0, wholeOf(pyramid)))).toBe(summary(raster));
  });
});
