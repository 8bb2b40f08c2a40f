import { beforeAll, describe, expect, it } from 'vitest';
import { makeRaster, writeCog } from '../cog/write-cog-fixture.ts';
import { planCog } from '../cog/cog-layout.ts';
import { openRaster } from '../open-raster.ts';
import { bytesRange } from '../source/bytes-range.ts';
import { unpackByZlib, unpackHere } from '../source/unpack-by-zlib.ts';

const TILE = 128;
/** Of the last row of tiles a third lies in the raster. */
const SIDE = 2 * TILE + 44;

describe('a tile whose last wanted row is damaged in its checksum', () => {
  let file: Uint8Array<ArrayBuffer>;
  const size = { width: SIDE, height: SIDE };
  beforeAll(async () => {
    const layout = planCog({ ...size, type: 'uint16', bands: 1, tile: TILE, compression: 'deflate' });
    file = new Uint8Array(await writeCog(layout, makeRaster(size, 'uint16', 1, { seed: 1 }), Infinity));
  });
  const open = async (bytes: Uint8Array, unpack = unpackHere) => {
    const source = bytesRange(bytes);
    const read = source.read.bind(source);
    const ranges: { readonly start: number; readonly length: number }[] = [];
    const raster = await openRaster(
      {
        ...source,
        read: (start, length, signal) => {
          ranges.push({ start, length });
          return read(start, length, signal);
        },
      },
      { unpack, maxGap: 0 },
    );
    return { raster, ranges };
  };
  /** The file with one bit of the checksum of a tile flipped. */
  const damaged = async (row: number): Promise<Uint8Array> => {
    const { raster, ranges } = await open(file);
    await raster.readWindow({ x: 0, y: row * TILE, width: TILE, height: 1 });
    const { start, length } = ranges.at(-1)!;
    const bytes = file.slice();
    bytes[start + length - 1]! ^= 1;
    return bytes;
  };

  it.each([
    ['on the thread that asks', unpackHere],
    ['elsewhere', unpackByZlib],
  ])('is refused where its last row is wanted, inflated %s', async (_where, unpack) => {
    for (const [row, rows] of [
      [0, TILE],
      [2, 44],
    ] as const) {
      const window = { x: 3, y: row * TILE + rows - 2, width: 100, height: 2 };
      await expect((await open(file, unpack)).raster.readWindow(window)).resolves.toBeDefined();
      const { raster } = await open(await damaged(row), unpack);
      await expect(raster.readWindow(window)).rejects.toMatchObject({ code: 'CORRUPT_RASTER' });
    }
  });

  it('is not seen above it, and does not change what is read there', async () => {
    const window = { x: 0, y: 0, width: TILE, height: 20 };
    const [good, bad] = [await open(file), await open(await damaged(0))];
    expect(await bad.raster.readWindow(window)).toEqual(await good.raster.readWindow(window));
  });
});
