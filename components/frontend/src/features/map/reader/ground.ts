import type { GeoTransform } from '@tessera/contracts';
import { isKnownSystem, transformBetween, type TransformPoint } from '@tessera/geo/page';
import { WORLD } from './world.ts';

/** A point, `[x, y]`; of the map in metres of Web Mercator, of a raster in columns and rows. */
export type Point = readonly [number, number];

/** Web Mercator, in which the map is drawn. */
const MERCATOR = 3857;

/** Where a raster lies: between its columns and rows, and the map. Points without a place are NaN. */
export interface Ground {
  readonly toPixel: (point: Point) => Point;
  readonly toMap: (pixel: Point) => Point;
}

/** @returns undefined for a reference system that the map does not know. */
export function groundOf(epsg: number, [x0, dx, rx, y0, ry, dy]: GeoTransform): Ground | undefined {
  if (!isKnownSystem(epsg)) return undefined;
  const there = orNowhere(transformBetween(MERCATOR, epsg));
  const back = orNowhere(transformBetween(epsg, MERCATOR));
  const determinant = dx * dy - rx * ry;
  return {
    toPixel(point) {
      const [x, y] = there(point);
      return [((x - x0) * dy - (y - y0) * rx) / determinant, ((y - y0) * dx - (x - x0) * ry) / determinant];
    },
    toMap([column, row]) {
      return back([x0 + column * dx + row * rx, y0 + column * ry + row * dy]);
    },
  };
}

const NOWHERE: Point = [Number.NaN, Number.NaN];
const orNowhere =
  (transform: TransformPoint) =>
  ([x, y]: Point): Point =>
    transform(x, y) ?? NOWHERE;

/** Points along the edge of a rectangle of pixels, some on each side, for its edges are bent on the map. */
const PER_SIDE = 16;

/** The outline on the map of a rectangle of pixels, closed; across the antimeridian it goes on beyond the map's edge. */
export function outlineOf(
  { toMap }: Ground,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): readonly Point[] {
  const steps = Array.from({ length: PER_SIDE }, (_, n) => n / PER_SIDE);
  return [
    ...steps.map((part): Point => [x + part * width, y]),
    ...steps.map((part): Point => [x + width, y + part * height]),
    ...steps.map((part): Point => [x + width - part * width, y + height]),
    ...steps.map((part): Point => [x, y + height - part * height]),
    [x, y] as const,
  ]
    .map(toMap)
    .reduce<Point[]>((path, point) => [...path, near(point, path.at(-1))], []);
}

/** The copy of a point of the map that is nearest to another one. */
function near([x, y]: Point, before: Point | undefined): Point {
  const turns = before === undefined ? 0 : Math.round((x - before[0]) / (2 * WORLD));
  return [Number.isFinite(turns) ? x - turns * 2 * WORLD : x, y];
}
