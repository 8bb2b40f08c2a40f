import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Depth } from '@tessera/contracts';
import { bytesOf, createRaster, depthOf, toDepth, type Raster, type Samples } from '@tessera/imaging';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { summary } from '../strip/oracles-fixture.ts';
import { makeDeepPicture, makePicture } from '../strip/pictures-fixture.ts';
import { pixelsOf } from './decoder-fixture.ts';
import { turnFile } from './turn-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-turn-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Where the stored pixel (x, y) of a `width` × `height` picture stands upright (EXIF 2.32, tag 274, by its words). */
function upright(orientation: number, x: number, y: number, width: number, height: number): readonly [number, number] {
  const right = width - 1 - x;
  const bottom = height - 1 - y;
  const places = [
    [x, y],
    [right, y],
    [right, bottom],
    [x, bottom],
    [y, x],
    [bottom, x],
    [bottom, right],
    [y, right],
  ] as const;
  return places[orientation - 1]!;
}

function turnPixelByPixel(raster: Raster<Samples>, orientation: number, channels: number): Raster<Samples> {
  const [width, height] = orientation < 5 ? [raster.width, raster.height] : [raster.height, raster.width];
  const turned = createRaster(width, height, channels, depthOf(raster));
  for (let y = 0; y < raster.height; y += 1) {
    for (let x = 0; x < raster.width; x += 1) {
      const [u, v] = upright(orientation, x, y, raster.width, raster.height);
      const from = (y * raster.width + x) * raster.channels;
      turned.data.set(raster.data.subarray(from, from + channels), (v * width + u) * channels);
    }
  }
  return turned;
}

it('turns every pixel to its place, in bands of any height, and reduces 16 bits where 8 are wanted', async () => {
  const cases = fc.record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    stored: fc.integer({ min: 1, max: 5 }),
    fewer: fc.integer({ min: 0, max: 4 }),
    orientation: fc.integer({ min: 1, max: 8 }),
    bandBytes: fc.integer({ min: 1, max: 2000 }),
    depths: fc.constantFrom<readonly [stored: Depth, wanted: Depth]>([8, 8], [16, 16], [16, 8]),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ width, height, stored, fewer, orientation, bandBytes, depths }) => {
      const channels = Math.max(1, Math.min(4, stored - fewer));
      const [depth, wanted] = depths;
      const raster = (depth === 16 ? makeDeepPicture : makePicture)(width, height, stored, 'noise');
      const path = join(folder, 'stored');
      await writeFile(path, Buffer.concat([Buffer.alloc(64), bytesOf(raster.data)]));
      const source = { path, width, height, channels: stored, depth, offset: 64 };
      const turned = turnFile(source, orientation, { channels, depth: wanted }, join(folder, 'turned'), bandBytes);
      expect(summary(pixelsOf(turned))).toBe(summary(toDepth(turnPixelByPixel(raster, orientation, channels), wanted)));
    }),
    { numRuns: 150 },
  );
});
