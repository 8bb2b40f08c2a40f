import type { Ground, Point } from './ground.ts';
import { mapPointOf, type MapTile, type TileWindow } from './tile-window.ts';

/** Columns and rows of the raster at the centres of a window's pixels, row by row. */
export interface PixelPlaces {
  readonly columns: Float64Array;
  readonly rows: Float64Array;
}

/** Pixels between two places that are computed; those between are blended. Where tiles are wide, the earth is bent. */
const stepAt = (z: number): number => (z >= 7 ? 16 : z >= 4 ? 4 : 1);

/** Where in a raster the pixels of a tile lie. */
export function pixelPlaces(ground: Ground, tile: MapTile, { x, y, width, height }: TileWindow): PixelPlaces {
  const step = stepAt(tile.z);
  const [across, down] = [Math.ceil(width / step) + 1, Math.ceil(height / step) + 1];
  const knots: Point[] = [];
  for (let j = 0; j < down; j += 1) {
    for (let i = 0; i < across; i += 1) {
      knots.push(ground.toPixel(mapPointOf(tile, [x + i * step + 0.5, y + j * step + 0.5])));
    }
  }
  const [columns, rows] = [new Float64Array(width * height), new Float64Array(width * height)];
  for (let row = 0, at = 0; row < height; row += 1) {
    const [j, v] = [Math.floor(row / step), (row % step) / step];
    for (let column = 0; column < width; column += 1, at += 1) {
      const [i, u] = [Math.floor(column / step), (column % step) / step];
      const [a, b] = [knots[j * across + i]!, knots[j * across + i + 1]!];
      const [c, d] = [knots[(j + 1) * across + i]!, knots[(j + 1) * across + i + 1]!];
      columns[at] = (1 - v) * ((1 - u) * a[0] + u * b[0]) + v * ((1 - u) * c[0] + u * d[0]);
      rows[at] = (1 - v) * ((1 - u) * a[1] + u * b[1]) + v * ((1 - u) * c[1] + u * d[1]);
    }
  }
  return { columns, rows };
}

/** Pixels of the raster, along a side, that one pixel of the map covers about in the middle of a window. */
export function coverage(ground: Ground, tile: MapTile, { x, y, width, height }: TileWindow): number {
  const middle: Point = [x + width / 2, y + height / 2];
  const at = ground.toPixel(mapPointOf(tile, middle));
  const right = ground.toPixel(mapPointOf(tile, [middle[0] + 1, middle[1]]));
  const below = ground.toPixel(mapPointOf(tile, [middle[0], middle[1] + 1]));
  const area = (right[0] - at[0]) * (below[1] - at[1]) - (below[0] - at[0]) * (right[1] - at[1]);
  return Math.sqrt(Math.abs(area));
}
