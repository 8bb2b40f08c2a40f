import type { GeoTransform, RasterFacts } from '@tessera/contracts';

/** Pixels and where they lie on the earth. */
export interface RasterGrid {
  readonly width: number;
  readonly height: number;
  readonly epsg: number;
  readonly transform: GeoTransform;
}

/** What of a raster's header says where it and its smaller copies lie. */
export type RasterPlacement = RasterGrid & Pick<RasterFacts, 'overviews'>;

/** The grid of a level: 0 is the raster itself, others cover the same area with fewer pixels. */
export function levelGrid({ overviews, ...grid }: RasterPlacement, level: number): RasterGrid {
  const size = overviews[level - 1];
  if (size === undefined) return grid;
  const [x0, dx, rx, y0, ry, dy] = grid.transform;
  const [across, down] = [grid.width / size.width, grid.height / size.height];
  return { ...grid, ...size, transform: [x0, dx * across, rx * down, y0, ry * across, dy * down] };
}

/** The place of a column and a row, which may lie between pixels. */
export function placeAt(
  [x0, dx, rx, y0, ry, dy]: GeoTransform,
  column: number,
  row: number,
): readonly [x: number, y: number] {
  return [x0 + column * dx + row * rx, y0 + column * ry + row * dy];
}

/** The other way round: column and row of a place. */
export function pixelAt([x0, dx, rx, y0, ry, dy]: GeoTransform, x: number, y: number): readonly [number, number] {
  const determinant = dx * dy - rx * ry;
  const [east, north] = [x - x0, y - y0];
  // Of grids with north above nothing is multiplied that would not be multiplied by hand: fewer roundings.
  if (rx === 0 && ry === 0) return [east / dx, north / dy];
  return [(east * dy - north * rx) / determinant, (north * dx - east * ry) / determinant];
}
