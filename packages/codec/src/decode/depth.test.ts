import { execFile } from 'node:child_process';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Depth } from '@tessera/contracts';
import { toShallow, type Raster } from '@tessera/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockCount } from '../rows/row-blocks.ts';
import { sharp } from '../sharp.ts';
import { summary } from '../strip/oracles-fixture.ts';
import { smallestExif } from '../strip/exif-fixture.ts';
import { encodeSplit, outputFor } from '../strip/join-fixture.ts';
import { makeDeepPicture, makePicture } from '../strip/pictures-fixture.ts';
import { pngFormat } from '../strip/png/png.ts';
import { rawInput } from '../strip/raw-input.ts';
import { openBench, pixelsOf, type Bench } from './decoder-fixture.ts';

interface Picture {
  readonly name: string;
  readonly raster: Raster<Uint16Array>;
}

let bench: Bench;
let pictures: readonly Picture[];

beforeAll(async () => {
  bench = await openBench();
  const script = fileURLToPath(new URL('./deep-pictures.py', import.meta.url));
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [script, bench.folder]);
  const facts = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; width: number; height: number; channels: number });
  pictures = await Promise.all(
    facts.map(async ({ name, ...size }) => {
      const bytes = await readFile(join(bench.folder, `${name}.raw`));
      const data = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
      return { name, raster: { ...size, data } };
    }),
  );
});
afterAll(() => bench.close());

const decode = async (name: string, depth: Depth) =>
  pixelsOf<Uint8Array | Uint16Array>(
    await bench.decoder.decode(join(bench.folder, name), join(bench.folder, `${name}.${depth}`), { depth }),
  );

describe('pictures of 16 bits', () => {
  it('are told by the probe', async () => {
    for (const { name, raster } of pictures) {
      const { depth, channels } = await bench.decoder.probe(join(bench.folder, name));
      expect([name, depth, channels]).toEqual([name, 16, raster.channels]);
    }
  });

  it('decode to the very samples that OpenCV and GDAL read', async () => {
    for (const { name, raster } of pictures) {
      expect(name + summary(await decode(name, 16))).toBe(name + summary(raster));
    }
  });

  it('are reduced to their upper 8 bits', async () => {
    for (const { name, raster } of pictures) {
      expect(name + summary(await decode(name, 8))).toBe(name + summary(toShallow(raster)));
    }
  });

  it('are decoded in pieces where the file can be cut', async () => {
    const cuttable = ['strips-big-endian.tif', 'tiles.tif'];
    for (const { name, raster } of pictures.filter((picture) => cuttable.includes(picture.name))) {
      const path = join(bench.folder, name);
      const blocks = (await bench.decoder.findRowBlocks(path))!;
      const { width, height, channels } = raster;
      for (const depth of [16, 8] as const) {
        const target = join(bench.folder, `${name}.pieces-${depth}`);
        await writeFile(target, '');
        await truncate(target, (width * height * channels * depth) / 8);
        for (const [first, last] of [
          [0, 2],
          [2, 3],
          [3, blockCount(blocks)],
        ] as const) {
          const rows = await bench.decoder.decodeRows({ path, blocks, depth, first, last, target });
          expect(rows).toMatchObject({ channels, depth });
        }
        const pixels = pixelsOf<Uint8Array | Uint16Array>({ path: target, width, height, channels, depth, offset: 0 });
        expect(name + summary(pixels)).toBe(name + summary(depth === 16 ? raster : toShallow(raster)));
      }
    }
  });

  it('of a lying camera are turned upright with all their bits', async () => {
    const raster = makeDeepPicture(31, 17, 3, 'noise');
    const exif = smallestExif(6);
    const grid = { width: 31, height: 17 };
    await bench.save(await encodeSplit(pngFormat, raster, grid, outputFor(raster, 'png'), { exif }), 'lying.png');
    const turned = await decode('lying.png', 16);
    const { width, height, channels } = raster;
    expect([turned.width, turned.height, turned.channels]).toEqual([height, width, channels]);
    // The upper left corner was the lower left one.
    const corner = raster.data.subarray((height - 1) * width * channels, (height - 1) * width * channels + channels);
    expect([...turned.data.subarray(0, channels)]).toEqual([...corner]);
  });
});

it('pictures of 8 bits and less have no more when more are asked for', async () => {
  const raster = makePicture(20, 10, 1, 'drawing');
  const gray = sharp(raster.data, rawInput(raster)).toColourspace('b-w');
  await bench.save(await gray.clone().png().toBuffer(), 'gray.png');
  await bench.save(await gray.clone().png({ palette: true, colours: 2 }).toBuffer(), 'few.png');
  for (const name of ['gray.png', 'few.png']) {
    const probe = await bench.decoder.probe(join(bench.folder, name));
    expect(probe).not.toHaveProperty('depth');
    expect((await decode(name, 16)).data).toBeInstanceOf(Uint8Array);
  }
});
