import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Raster } from '@tessera/imaging';
import type { Sharp } from 'sharp';
import { BAD_INPUTS } from '../bad-inputs/index-fixture.ts';
import { stripFormat } from '../formats.ts';
import { sharp } from '../sharp.ts';
import { smallestExif } from '../strip/exif-fixture.ts';
import { outputFor, encodeSplit } from '../strip/join-fixture.ts';
import { readPixels, summary } from '../strip/oracles-fixture.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { pngFormat } from '../strip/png/png.ts';
import { rawInput } from '../strip/raw-input.ts';
import { createTiffFormat } from '../strip/tiff/tiff.ts';
import { openBench, type Bench } from './decoder-fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const from = (channels: number, width = 61, height = 43): Sharp => {
  const raster = makePicture(width, height, channels, 'smooth');
  return sharp(raster.data, rawInput(raster));
};
const gray = (image: Sharp): Sharp => image.toColourspace('b-w');

describe('colours after decoding', () => {
  const kinds: readonly (readonly [string, number, () => Promise<Buffer>])[] = [
    ['gray PNG', 1, () => gray(from(1)).png().toBuffer()],
    ['gray PNG with alpha', 2, () => gray(from(2)).png().toBuffer()],
    ['gray PNG of 16 bits', 1, () => from(1).toColourspace('grey16').png().toBuffer()],
    ['RGB PNG', 3, () => from(3).png().toBuffer()],
    ['RGBA PNG', 4, () => from(4).png().toBuffer()],
    ['RGBA PNG of 16 bits', 4, () => from(4).toColourspace('rgb16').png().toBuffer()],
    ['PNG with a palette', 3, () => from(3).png({ palette: true }).toBuffer()],
    ['PNG with a palette and alpha', 4, () => from(4).png({ palette: true }).toBuffer()],
    ['interlaced PNG', 3, () => from(3).png({ progressive: true }).toBuffer()],
    ['gray JPEG', 1, () => gray(from(1)).jpeg().toBuffer()],
    ['RGB JPEG', 3, () => from(3).jpeg().toBuffer()],
    ['progressive JPEG', 3, () => from(3).jpeg({ progressive: true }).toBuffer()],
    ['CMYK JPEG', 3, () => from(3).toColourspace('cmyk').jpeg().toBuffer()],
    ['JPEG with a Display P3 profile', 3, () => from(3).withIccProfile('p3').jpeg().toBuffer()],
    ['gray TIFF', 1, () => gray(from(1)).tiff().toBuffer()],
    ['TIFF of 16 bits', 3, () => from(3).toColourspace('rgb16').tiff().toBuffer()],
    ['tiled TIFF with alpha', 4, () => from(4).tiff({ tile: true, compression: 'lzw' }).toBuffer()],
    ['CMYK TIFF', 3, () => from(3).toColourspace('cmyk').tiff().toBuffer()],
    ['WebP', 3, () => from(3).webp().toBuffer()],
    ['lossless WebP with alpha', 4, () => from(4).webp({ lossless: true }).toBuffer()],
    ['AVIF', 3, () => from(3).avif({ effort: 0 }).toBuffer()],
    ['AVIF with alpha', 4, () => from(4).avif({ effort: 0 }).toBuffer()],
    ['GIF', 3, () => from(3).gif().toBuffer()],
    ['GIF with transparency', 4, () => from(4).gif().toBuffer()],
  ];

  it.each(kinds)('%s: %i channels of 8 bits in sRGB, as the probe said', async (_, channels, make) => {
    const file = await make();
    expect((await bench.decoder.probe(await bench.save(file))).channels).toBe(channels);
    const raster = await bench.decode(file);
    expect(raster.channels).toBe(channels);
    expect(summary(raster)).toBe(summary(await readPixels(file)));
  });

  it('reads gray TIFFs of more channels as gray with one alpha', async () => {
    const raster = makePicture(40, 30, 4, 'noise');
    const file = await encodeSplit(createTiffFormat(), raster, { width: 40, height: 64 }, outputFor(raster, 'tiff'));
    // Photometric interpretation: 0 is black, in place of RGB.
    file.writeUInt16LE(1, file.indexOf(Buffer.of(0x06, 0x01, 3, 0, 1, 0, 0, 0)) + 8);
    const probe = await bench.decoder.probe(await bench.save(file));
    const decoded = await bench.decode(file);
    expect(decoded.channels).toBe(probe.channels);
  });
});

describe('files of our own', () => {
  it.each(['png', 'tiff'] as const)('%s decodes to the raster that was encoded', async (format) => {
    for (const channels of [1, 2, 3, 4]) {
      const raster = makePicture(101, 90, channels, 'noise');
      const grid = { width: 101, height: 64 };
      const file = await encodeSplit(stripFormat(format), raster, grid, outputFor(raster, format));
      expect(summary(await bench.decode(file))).toBe(summary(raster));
    }
  });

  it('BigTIFF too', async () => {
    const raster = makePicture(101, 90, 3, 'noise');
    const file = await encodeSplit(createTiffFormat(0), raster, { width: 101, height: 64 }, outputFor(raster, 'tiff'));
    expect(summary(await bench.decode(file))).toBe(summary(raster));
  });
});

describe('EXIF orientation', () => {
  const sizes: readonly (readonly [number, number, number])[] = [
    [61, 43, 3],
    [1, 29, 1],
    [37, 1, 3],
    [8, 8, 1],
  ];
  const cases = Array.from({ length: 8 }, (_, i) => sizes.map((size) => [i + 1, ...size] as const)).flat();

  it.each(cases)('%i is applied to %i × %i pixels of %i channels', async (orientation, width, height, channels) => {
    const raster = makePicture(width, height, channels, 'noise', orientation);
    const extras = { exif: smallestExif(orientation) };
    const file = await encodeSplit(pngFormat, raster, { width, height }, outputFor(raster, 'png'), extras);
    const colourspace = channels === 1 ? 'b-w' : 'srgb';
    const upright = await readPixels(await sharp(file).autoOrient().toColourspace(colourspace).png().toBuffer());
    expect(summary(await bench.decode(file))).toBe(summary(upright));
    const { width: w, height: h } = await bench.decoder.probe(await bench.save(file));
    expect([w, h]).toEqual([upright.width, upright.height]);
  });
});

describe('metadata', () => {
  const source = (): Promise<Buffer> =>
    from(3)
      .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
      .jpeg()
      .toBuffer();

  it('is given on with the orientation that the pixels now have', async () => {
    const decoded = await bench.decoder.decode(await bench.save(await source()), `${bench.folder}/exif`);
    expect(decoded).toMatchObject({ width: 43, height: 61 });
    const raster: Raster = makePicture(8, 8, 3, 'flat');
    for (const format of ['jpeg', 'png'] as const) {
      const extras = { exif: decoded.exif };
      const file = await encodeSplit(
        stripFormat(format),
        raster,
        { width: 8, height: 8 },
        outputFor(raster, format),
        extras,
      );
      const { orientation, exif } = await sharp(file).metadata();
      expect(orientation).toBe(1);
      expect(exif!.includes('Somebody')).toBe(true);
    }
  });

  it('does not reach a file by itself', async () => {
    const decoded = await bench.decode(await source());
    for (const format of ['jpeg', 'png', 'tiff', 'webp', 'avif'] as const) {
      const grid = { width: decoded.width, height: decoded.height };
      const file = await encodeSplit(stripFormat(format), decoded, grid, outputFor(decoded, format));
      const { exif, xmp, iptc, icc } = await sharp(file).metadata();
      expect({ exif, xmp, iptc, icc }).toEqual({});
      expect(file.includes('Somebody')).toBe(false);
    }
  });

  it.each(['JPEG with a script behind its end', 'JPEG with a ZIP behind its end', 'GIF with a script behind its end'])(
    'leaves out what lies behind the end: %s',
    async (name) => {
      const raster = await bench.decode(await BAD_INPUTS.find((input) => input.name === name)!.make());
      const file = await encodeSplit(stripFormat('png'), raster, raster, outputFor(raster, 'png'));
      expect(file.includes('alert')).toBe(false);
      expect(file.subarray(-8, -4).toString()).toBe('IEND');
    },
  );
});
