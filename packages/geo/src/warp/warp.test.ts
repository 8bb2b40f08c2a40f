import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GeoTransform, Region, Resampling } from '@tessera/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lawRuns } from '../../../../tests/services/law-runs.ts';
import { runCommand } from '../../../../tests/services/run-command.ts';
import { openRaster } from '../open-raster.ts';
import type { RasterFile } from '../raster/raster-file.ts';
import { bytesRange } from '../source/bytes-range.ts';
import type { RasterGrid, RasterPlacement } from './raster-grid.ts';
import { transformBetween } from './reference-systems.ts';
import type { Resampled } from './resample.ts';
import { planWarp, warpBands } from './warp.ts';

interface Truth {
  readonly cases: readonly (RasterGrid & { readonly name: string })[];
  readonly places: readonly (readonly [epsg: number, longitude: number, latitude: number, x: number, y: number])[];
}

const METHODS: readonly Resampling[] = ['nearest', 'bilinear', 'cubic'];

/**
 * Samples that may be off by one count, in a million, where the place that GDAL computes is another by a fraction of a
 * millimetre: the smooth ones; and places of nearest ones that fall to the other side of a border.
 */
const OFF = { smooth: 4500, nearest: 120 };

function placementOf({ facts }: RasterFile): RasterPlacement {
  const { width, height, epsg, transform, overviews } = facts;
  return { width, height, epsg: epsg ?? 0, transform: transform ?? [0, 1, 0, 0, 0, 1], overviews };
}

async function warped(
  file: RasterFile,
  target: RasterGrid,
  region: Region,
  method: Resampling,
): Promise<Resampled | undefined> {
  const warp = planWarp(target, placementOf(file));
  const [band] = (await warpBands(warp, warp.map.places(region), file, [{ band: 0 }], method)) ?? [];
  return band;
}

describe('reprojection', () => {
  let folder: string;
  let truth: Truth;
  const open = async (name: string): Promise<RasterFile> =>
    openRaster(bytesRange(await readFile(join(folder, `${name}.tif`))));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tessera-warp-'));
    const script = fileURLToPath(new URL('./warp-oracle.py', import.meta.url));
    truth = JSON.parse(await runCommand('/usr/bin/python3', ['-W', 'ignore', script, folder])) as Truth;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('places are those of PROJ, to the millimetre', () => {
    for (const [epsg, longitude, latitude, x, y] of truth.places) {
      const [east = 0, north = 0] = transformBetween(4326, epsg)(longitude, latitude) ?? [];
      expect(Math.hypot(east - x, north - y), `EPSG:${String(epsg)}`).toBeLessThan(1e-6);
      const [back = 0, up = 0] = transformBetween(epsg, 4326)(x, y) ?? [];
      expect(Math.hypot(back - longitude, up - latitude), `EPSG:${String(epsg)}`).toBeLessThan(1e-8);
    }
    expect(() => transformBetween(4326, 27_700)).toThrow('EPSG:27700');
  });

  it('samples are those of GDAL, with holes, borders, and coarser and finer targets', async () => {
    const off = { nearest: [0, 0], smooth: [0, 0] };
    for (const { name, ...target } of truth.cases) {
      const file = await open(name);
      for (const method of METHODS) {
        const found = await warped(file, target, { x: 0, y: 0, ...target }, method);
        const raw = await readFile(join(folder, `${name}-${method}.raw`));
        const wanted = new Uint16Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
        const told = { validity: 0, differ: 0, most: 0, count: 0 };
        wanted.forEach((sample, at) => {
          const isThere = found?.valid[at] === 1;
          if (isThere !== (sample !== 0)) told.validity++;
          if (!isThere) return;
          const difference = Math.abs(sample - (found.samples[at] ?? 0));
          told.count++;
          if (difference > 0) told.differ++;
          told.most = Math.max(told.most, difference);
        });
        expect(told.validity, `${name} ${method}`).toBe(0);
        expect(told.count, `${name} ${method}`).toBeGreaterThan(7000);
        if (method !== 'nearest') expect(told.most, `${name} ${method}`).toBeLessThanOrEqual(1);
        const sum = off[method === 'nearest' ? 'nearest' : 'smooth'];
        sum[0]! += told.differ;
        sum[1]! += told.count;
        expect(told.differ / told.count, `${name} ${method}`).toBeLessThan(
          (method === 'nearest' ? OFF.nearest : OFF.smooth) / 1e6,
        );
      }
    }
    // Of all: how few they are.
    expect(off.nearest[0]! / off.nearest[1]!).toBeLessThan(2e-5);
    expect(off.smooth[0]! / off.smooth[1]!).toBeLessThan(1e-3);
  }, 180_000);

  it('a region has the samples that it has in the whole, wherever it is cut', async () => {
    const whole = new Map<string, Resampled>();
    const files = new Map(await Promise.all(truth.cases.map(async ({ name }) => [name, await open(name)] as const)));
    const cuts = fc.record({
      which: fc.nat(truth.cases.length - 1),
      method: fc.constantFrom(...METHODS),
      from: fc.tuple(fc.double({ min: 0, max: 0.98, noNaN: true }), fc.double({ min: 0, max: 0.98, noNaN: true })),
      size: fc.tuple(fc.double({ min: 0.01, max: 0.4, noNaN: true }), fc.double({ min: 0.01, max: 0.4, noNaN: true })),
    });
    const law = fc.asyncProperty(cuts, async ({ which, method, from, size }) => {
      const { name, ...target } = truth.cases[which]!;
      const file = files.get(name)!;
      const key = `${name} ${method}`;
      const all = whole.get(key) ?? (await warped(file, target, { x: 0, y: 0, ...target }, method))!;
      whole.set(key, all);
      const x = Math.floor(from[0] * target.width);
      const y = Math.floor(from[1] * target.height);
      const width = Math.max(1, Math.min(target.width - x, Math.floor(size[0] * target.width)));
      const height = Math.max(1, Math.min(target.height - y, Math.floor(size[1] * target.height)));
      const part = await warped(file, target, { x, y, width, height }, method);
      for (let row = 0; row < height; row++) {
        const at = (y + row) * target.width + x;
        const flags = all.valid.subarray(at, at + width);
        const found = part?.valid.subarray(row * width, (row + 1) * width) ?? new Uint8Array(width);
        expect(Buffer.compare(found, flags)).toBe(0);
        if (part === undefined) continue;
        expect(part.samples.subarray(row * width, (row + 1) * width)).toEqual(all.samples.subarray(at, at + width));
      }
    });
    await fc.assert(law, { numRuns: lawRuns(25, 500) });
  }, 180_000);

  it('a smaller copy is read where the target is coarser', () => {
    const transform: GeoTransform = [600_000, 10, 0, 5_000_000, 0, -10];
    const overviews = [2, 4, 8].map((factor) => ({ width: 1024 / factor, height: 1024 / factor }));
    const source = { width: 1024, height: 1024, epsg: 32_632, transform, overviews };
    const target = (side: number, epsg: number): RasterGrid => ({
      width: 100,
      height: 100,
      epsg,
      transform: [600_000, side, 0, 5_000_000, 0, -side],
    });
    expect([5, 10, 15, 20, 50, 500].map((side) => planWarp(target(side, 32_632), source).level)).toEqual([
      0, 0, 0, 1, 2, 3,
    ]);
    const { grid, scale } = planWarp(target(50, 32_632), source);
    expect([grid.width, scale.across, scale.down]).toEqual([256, expect.closeTo(0.8), expect.closeTo(0.8)]);
  });
});
