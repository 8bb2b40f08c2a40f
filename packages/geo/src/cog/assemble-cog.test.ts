import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assembleCog, type CogSegment } from './assemble-cog.ts';
import { planCog, type CogLayout } from './cog-layout.ts';
import type { PieceFacts } from './encode-piece.ts';
import { seeCogFiles } from './oracle-fixture.ts';
import { tileCount } from './piece-region.ts';
import { planPieces } from './plan-pieces.ts';

const plan = (options: Partial<Parameters<typeof planCog>[0]> = {}) =>
  planCog({ width: 1000, height: 1000, type: 'uint8', bands: 1, ...options });

/** Pieces of tiles that all have so many bytes. */
function piecesOf(layout: CogLayout, pixels: number, tileBytes: number): PieceFacts[] {
  const regions = planPieces(layout, pixels).flatMap((stage) => stage.regions);
  return regions.map((region) => ({ region, sizes: new Uint32Array(tileCount(layout, region)).fill(tileBytes) }));
}

function lengthOf(segment: CogSegment): number {
  return segment instanceof Uint8Array ? segment.length : segment.end - segment.start;
}

const internal = expect.objectContaining({ code: 'INTERNAL' }) as Error;

describe('assembling a COG', () => {
  it('lists few long ranges, and takes little memory and time, for a raster of 100,000 × 100,000', () => {
    const layout = plan({ width: 100_000, height: 100_000, type: 'float32' });
    const pieces = piecesOf(layout, 16 * 2 ** 20, 300_000);
    const { segments, bytes, isBigTiff } = assembleCog(layout, pieces);
    expect(isBigTiff).toBe(true);
    const tiles = pieces.reduce((sum, { sizes }) => sum + sizes.length, 0);
    expect(tiles).toBeGreaterThan(38_416);
    expect(segments.reduce((sum, segment) => sum + lengthOf(segment), 0)).toBe(bytes);
    const header = lengthOf(segments[0]!);
    expect(bytes).toBe(header + tiles * 300_008);
    expect(header).toBeLessThan(tiles * 12 + 4000);
    // A window of two rows of tiles is two ranges of the full size and one of the next.
    expect(segments.length).toBeLessThan(3 * 686 + 200);
    const long = segments.filter((segment) => lengthOf(segment) >= 5 * 2 ** 20);
    expect(long.reduce((sum, segment) => sum + lengthOf(segment), 0)).toBeGreaterThan(0.75 * bytes);
  });

  it('takes whole windows as one range where they are as wide as the raster', () => {
    const layout = plan({ width: 10_980, height: 10_980, type: 'float32' });
    const pieces = piecesOf(layout, 16 * 2 ** 20, 300_000);
    // The header; per window one range for each of its two levels; the other levels are in one piece.
    expect(assembleCog(layout, pieces).segments.length).toBe(1 + 2 * 11 + 4);
  });

  it('is a BigTIFF from 4 GiB on, and not before', () => {
    const layout = plan({ width: 512, height: 512 });
    const region = { level: 0, levels: 1, x: 0, y: 0, width: 512, height: 512 };
    const withTile = (size: number, bigTiff: 'auto' | boolean = 'auto') =>
      assembleCog({ ...layout, bigTiff }, [{ region, sizes: Uint32Array.of(size) }]);
    const rest = withTile(0).bytes;
    expect(withTile(2 ** 32 - 1 - rest)).toMatchObject({ isBigTiff: false, bytes: 2 ** 32 - 1 });
    expect(withTile(2 ** 32 - rest)).toMatchObject({ isBigTiff: true });
    expect(() => withTile(2 ** 32 - rest, false)).toThrow(expect.objectContaining({ code: 'OUTPUT_TOO_LARGE' }));
    expect(withTile(9, true).isBigTiff).toBe(true);
  });

  it('makes a valid file of more than 4 GiB', async () => {
    const layout = plan({ width: 60_000, height: 35_000, type: 'uint16', tile: 4096, compression: 'none' });
    const pieces = piecesOf(layout, 2 ** 30, 2 * 4096 ** 2);
    const { segments, bytes, isBigTiff } = assembleCog(layout, pieces);
    expect(isBigTiff).toBe(true);
    const folder = await mkdtemp(join(tmpdir(), 'tessera-big-'));
    try {
      const path = join(folder, 'big.tif');
      const file = await open(path, 'w');
      // Of tiles of zeros only the leaders differ from the holes of a sparse file.
      await file.truncate(bytes);
      const header = segments[0] as Uint8Array;
      await file.write(header, 0, header.length, 0);
      const leader = new Uint8Array(Uint32Array.of(2 * 4096 ** 2).buffer);
      for (let at = header.length; at < bytes; at += 2 * 4096 ** 2 + 8) await file.write(leader, 0, 4, at);
      await file.close();
      const [sight] = await seeCogFiles(['--structure', path]);
      expect(sight).toMatchObject({ warnings: [], errors: [], complaints: [], structure: { LAYOUT: 'COG' } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('refuses pieces that are not exactly the tiles of the file', () => {
    const layout = plan();
    const [region] = planPieces(layout, Infinity)[0]!.regions;
    const good = { region: region!, sizes: new Uint32Array(5).fill(9) };
    expect(assembleCog(layout, [good]).segments.length).toBe(3);
    expect(() => assembleCog(layout, [])).toThrow(internal);
    expect(() => assembleCog(layout, [good, good])).toThrow(internal);
    expect(() => assembleCog(layout, [{ ...good, sizes: new Uint32Array(4) }])).toThrow(internal);
    const shifted = { ...good, region: { ...region!, x: 16 } };
    expect(() => assembleCog(layout, [shifted])).toThrow(internal);
  });
});

describe('a layout', () => {
  it('halves until everything fits a tile, 512 pixels at most', () => {
    const sizes = (width: number, height: number, tile: number) =>
      plan({ width, height, tile }).levels.map((level) => [level.width, level.height]);
    expect(sizes(512, 1, 512)).toEqual([[512, 1]]);
    expect(sizes(513, 1, 512)).toEqual([
      [513, 1],
      [257, 1],
    ]);
    expect(sizes(1000, 1000, 1024)).toHaveLength(2);
    expect(sizes(3000, 600, 256)).toEqual([
      [3000, 600],
      [1500, 300],
      [750, 150],
      [375, 75],
      [188, 38],
    ]);
  });

  it.each([
    { width: 0 },
    { height: 1.5 },
    { bands: 0 },
    { tile: 500 },
    { tile: 8 },
    { predictor: 3 as const },
    { type: 'float64' as const, predictor: 2 as const },
    { compression: 'none' as const, predictor: 2 as const },
    { compression: 'deflate' as const, level: 10 },
    { compression: 'jpeg' as const, bands: 2 },
    { compression: 'jpeg' as const, type: 'uint16' as const },
    { alpha: true },
    { photometric: 'rgb' as const },
    { nodata: -1 },
    { nodata: 0.5 },
    { nodata: 'nan' as const },
    { epsg: 70_000 },
    { transform: [0, NaN, 0, 0, 0, 1] as const },
  ])('refuses %j', (options) => {
    expect(() => plan(options)).toThrow(internal);
  });
});
