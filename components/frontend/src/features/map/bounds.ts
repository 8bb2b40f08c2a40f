import { fromLonLat, toLonLat } from 'ol/proj.js';
import type { Point } from './reader/ground.ts';

/** West, south, east, north in degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Five digits are about a metre. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

/** Of two opposite corners, in metres of Web Mercator. */
export function boundsOf(first: Point, second: Point): Bounds {
  const [a = 0, b = 0] = toLonLat([...first]);
  const [c = 0, d = 0] = toLonLat([...second]);
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)].map(rounded) as unknown as Bounds;
}

/** The outline on the map, closed. */
export function outlineOfBounds([west, south, east, north]: Bounds): readonly Point[] {
  const corners = [
    [west, north],
    [east, north],
    [east, south],
    [west, south],
    [west, north],
  ];
  return corners.map((corner) => fromLonLat(corner) as unknown as Point);
}

export const isBounds = ([west, south, east, north]: Bounds): boolean =>
  [west, south, east, north].every(Number.isFinite) && west < east && south < north;

const RADIUS = 6_371_008.8;

/** Sides of the area in the middle of it, in metres: from west to east, and from south to north. */
export function sidesOf([west, south, east, north]: Bounds): readonly [width: number, height: number] {
  const rad = Math.PI / 180;
  const middle = ((south + north) / 2) * rad;
  return [(east - west) * rad * RADIUS * Math.cos(middle), (north - south) * rad * RADIUS];
}
