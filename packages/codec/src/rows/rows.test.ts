import { execFile } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBench, pixelsOf, type Bench } from '../decode/decoder-fixture.ts';
import { FileBytes } from '../scan/file-bytes.ts';
import { sharp } from '../sharp.ts';
import { makePicture } from '../strip/pictures-fixture.ts';
import { blockCount, findRowBlocks, type RowBlocks } from './row-blocks.ts';

const run = promisify(execFile);
let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ children: 2 });
});
afterAll(() => bench.close());

/** A picture as PNG bytes for the tools that make the files. */
async function png(width: number, height: number, channels: number): Promise<string> {
  const { data } = makePicture(width, height, channels, 'noise');
  const raw = { width, height, channels: channels as 1 | 3 };
  const smooth = await sharp(data, { raw })
    .blur(1.2)
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
  return bench.save(smooth);
}

interface Kind {
  readonly name: string;
  readonly make: (source: string, target: string) => Promise<unknown>;
  readonly channels?: number;
}

const cjpeg =
  (sampling: string, restart: string, ...more: string[]) =>
  async (source: string, target: string) => {
    const ppm = `${target}.ppm`;
    await run('vips', ['copy', source, ppm]);
    await run('cjpeg', ['-quality', '85', '-sample', sampling, '-restart', restart, ...more, '-outfile', target, ppm]);
  };
const vips = (options: string) => (source: string, target: string) =>
  run('vips', ['tiffsave', source, `${target}.tif`, ...options.split(' ')]).then(async () => {
    await writeFile(target, await readFile(`${target}.tif`));
  });
const gdal = (options: string) => (source: string, target: string) =>
  run('gdal_translate', ['-q', '-of', 'GTiff', ...options.split(' ').flatMap((o) => ['-co', o]), source, target]);

const kinds: readonly Kind[] = [
  { name: 'JPEG 4:2:0, a restart each row', make: cjpeg('2x2', '1') },
  { name: 'JPEG 4:2:0, a restart each three rows', make: cjpeg('2x2', '3') },
  { name: 'JPEG 4:2:0, a restart each two MCUs', make: cjpeg('2x2', '2B') },
  { name: 'JPEG 4:2:0, a restart each MCU', make: cjpeg('2x2', '1B') },
  { name: 'JPEG 4:2:2', make: cjpeg('2x1', '1') },
  { name: 'JPEG 4:4:0', make: cjpeg('1x2', '1') },
  { name: 'JPEG 4:4:4', make: cjpeg('1x1', '1') },
  { name: 'JPEG gray', make: cjpeg('1x1', '2', '-grayscale'), channels: 1 },
  { name: 'TIFF in strips', make: gdal('BLOCKYSIZE=7 COMPRESS=NONE') },
  { name: 'TIFF in strips, big-endian, LZW', make: gdal('BLOCKYSIZE=16 COMPRESS=LZW PREDICTOR=2 ENDIANNESS=BIG') },
  { name: 'BigTIFF in strips, deflate', make: gdal('BLOCKYSIZE=8 COMPRESS=DEFLATE BIGTIFF=YES') },
  {
    name: 'BigTIFF in tiles, big-endian',
    make: gdal('TILED=YES BLOCKXSIZE=16 BLOCKYSIZE=16 BIGTIFF=YES ENDIANNESS=BIG'),
  },
  { name: 'TIFF in tiles, JPEG', make: vips('--tile --tile-width 32 --tile-height 32 --compression jpeg') },
  {
    name: 'TIFF in tiles, a pyramid, deflate',
    make: vips('--tile --tile-width 32 --tile-height 16 --pyramid --compression deflate'),
  },
  { name: 'TIFF gray in strips, PackBits', make: gdal('BLOCKYSIZE=5 COMPRESS=PACKBITS'), channels: 1 },
];

/** Decodes the ranges of blocks, given as cut points, and gives the assembled file's pixels. */
async function decodeInPieces(path: string, blocks: RowBlocks, cuts: readonly number[], channels: number) {
  const target = join(bench.folder, `pieces-${Math.random().toString(36).slice(2)}`);
  await writeFile(target, '');
  await truncate(target, blocks.width * blocks.height * channels);
  const points = [0, ...cuts, blockCount(blocks)];
  await Promise.all(
    points.slice(1).map(async (last, i) => {
      const first = points[i]!;
      if (first < last) await bench.decoder.decodeRows({ path, blocks, depth: 8, first, last, target });
    }),
  );
  return pixelsOf({ path: target, width: blocks.width, height: blocks.height, channels, depth: 8, offset: 0 });
}

describe.each(kinds)('rows of a $name', ({ make, channels = 3 }) => {
  it('decoded in any pieces are those of the whole picture', async () => {
    const sizes = fc.record({ width: fc.integer({ min: 1, max: 150 }), height: fc.integer({ min: 40, max: 200 }) });
    const cutting = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
    let cuttable = 0;
    await fc.assert(
      fc.asyncProperty(sizes, cutting, async ({ width, height }, shares) => {
        const path = join(bench.folder, `file-${Math.random().toString(36).slice(2)}`);
        await make(await png(width, height, channels), path);
        const blocks = await bench.decoder.findRowBlocks(path);
        if (blocks === undefined) return;
        cuttable += 1;
        const whole = pixelsOf(await bench.decoder.decode(path, `${path}.v`));
        const cuts = shares.map((share) => Math.round(share * blockCount(blocks))).sort((a, b) => a - b);
        expect(await decodeInPieces(path, blocks, cuts, channels)).toEqual(whole);
      }),
      { numRuns: 6, seed: 7 },
    );
    expect(cuttable).toBeGreaterThan(2);
  });
});

describe('a file that can not be cut', () => {
  const refused = async (bytes: Uint8Array): Promise<void> => {
    const path = await bench.save(bytes);
    const fd = openSync(path, 'r');
    expect(findRowBlocks(new FileBytes(fd, fstatSync(fd).size))).toBeUndefined();
    closeSync(fd);
  };
  const picture = () => sharp({ create: { width: 90, height: 90, channels: 3, background: '#257' } });

  it('is one without restart markers, a progressive one, a PNG, text', async () => {
    await refused(await picture().jpeg().toBuffer());
    await refused(await picture().jpeg({ progressive: true }).toBuffer());
    await refused(await picture().png().toBuffer());
    await refused(Buffer.from('II, not a TIFF'));
  });

  it('is one whose markers are not in order, or missing', async () => {
    const path = join(bench.folder, 'restarts.jpg');
    await cjpeg('2x2', '1')(await png(64, 200, 3), path);
    const bytes = await readFile(path);
    const marker = bytes.indexOf(Buffer.from([0xff, 0xd3]), 400);
    await refused(Buffer.from(bytes).fill(0xd5, marker + 1, marker + 2));
    await refused(bytes.subarray(0, marker + 20));
  });

  it('is a turned one', async () => {
    const upright = await picture().tiff({ compression: 'none' }).withMetadata({ orientation: 6 }).toBuffer();
    expect(await bench.decoder.findRowBlocks(await bench.save(upright))).toBeUndefined();
  });
});
