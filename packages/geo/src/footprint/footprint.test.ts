import type { GeoTransform } from '@tessera/contracts';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../../tests/services/run-command.ts';
import { footprintOf } from './footprint.ts';
import { outlineBbox, outlineGeometry } from './outline.ts';

const grid = (epsg: number, transform: GeoTransform, width: number, height: number) => ({
  ...{ epsg, transform, width, height },
});
/** What follows the west in a transform of a scene. */
const GRANULE: readonly [number, number, number, number, number] = [10, 0, 5_300_040, 0, -10];
const granule = (epsg: number, west: number, [dx, rx, north, ry, dy] = GRANULE) =>
  grid(epsg, [west, dx, rx, north, ry, dy], 10_980, 10_980);

/** The box by GDAL, which crosses the antimeridian where its west is greater than its east. */
async function gdalBounds(grids: readonly ReturnType<typeof grid>[]): Promise<readonly (readonly number[])[]> {
  const program = `
import json, sys
from rasterio.warp import transform_bounds
from rasterio.transform import Affine, array_bounds
out = []
for g in json.loads(sys.argv[1]):
    bounds = array_bounds(g['height'], g['width'], Affine.from_gdal(*g['transform']))
    out.append(transform_bounds(g['epsg'], 4326, *bounds, densify_pts=200))
print(json.dumps(out))`;
  return JSON.parse(await runCommand('/usr/bin/python3', ['-c', program, JSON.stringify(grids)])) as number[][];
}

describe('footprints', () => {
  it('have the bounds that GDAL finds, also across the antimeridian', async () => {
    const grids = [
      granule(32_632, 399_960),
      granule(32_719, 300_000, [10, 0, 7_000_000, 0, -10]),
      granule(32_660, 699_960, [10, 0, 7_200_040, 0, -10]),
      grid(3035, [4_000_000, 100, 0, 3_200_000, 0, -100], 5000, 4000),
      grid(3857, [1_000_000, 30, 0, 6_000_000, 0, -30], 3000, 2000),
    ];
    const bounds = await gdalBounds(grids);
    for (const [n, one] of grids.entries()) {
      const { outline = [] } = footprintOf(one) ?? {};
      for (const [side, degrees] of outlineBbox(outline).entries()) {
        // The sides are true to a ten-thousandth of the extent.
        const extent = Math.abs((bounds[n]?.[2] ?? 0) - (bounds[n]?.[0] ?? 0)) % 360;
        expect(Math.abs(degrees - (bounds[n]?.[side] ?? 0)), `${String(one.epsg)} ${String(side)}`).toBeLessThan(
          Math.max(1e-6, extent * 3e-4),
        );
      }
    }
  });

  it('reach all around a pole that they hold, and to one that they touch', () => {
    const around = footprintOf(grid(3031, [-3_000_000, 1000, 0, 3_000_000, 0, -1000], 6000, 6000));
    expect(outlineBbox(around?.outline ?? []).map(Math.round)).toEqual([-180, -90, 180, -52]);
    expect(outlineGeometry(around?.outline ?? []).type).toBe('MultiPolygon');
    const corner = footprintOf(grid(3413, [0, 1000, 0, 3_000_000, 0, -1000], 3000, 3000));
    expect(outlineBbox(corner?.outline ?? []).map(Math.round)).toEqual([45, 52, 135, 90]);
    const world = footprintOf(grid(4326, [-180, 0.1, 0, 90, 0, -0.1], 3600, 1800));
    expect(outlineGeometry(world?.outline ?? [])).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [-180, -90],
          [180, -90],
          [180, 90],
          [-180, 90],
          [-180, -90],
        ],
      ],
    });
    const pacific = footprintOf(grid(4326, [0, 0.1, 0, 90, 0, -0.1], 3600, 1800));
    expect(outlineBbox(pacific?.outline ?? [])).toEqual([-180, -90, 180, 90]);
  });

  it('tell the size of a pixel in metres, and nothing of what does not say where it lies', () => {
    expect(footprintOf(granule(32_632, 399_960))?.resolution).toBeCloseTo(10, 0);
    expect(footprintOf(grid(4326, [10, 0.001, 0, 60, 0, -0.001], 10, 10))?.resolution).toBeCloseTo(78.7, 0);
    expect(footprintOf({ epsg: null, transform: null, width: 1, height: 1 })).toBeUndefined();
    expect(footprintOf(granule(9999, 0))).toBeUndefined();
  });
});
