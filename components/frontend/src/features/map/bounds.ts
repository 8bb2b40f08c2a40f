import { fromLonLat, toLonLat } from 'ol/proj.js';
import type { Point } from './reader/ground.ts';
import { WORLD } from './reader/world.ts';

/** West, south, east, north in degrees; west is greater than east in an area across the antimeridian. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

const TURN = 360;
/** Five digits are about a metre. */
const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;
/** Between -180 and 180, which both stay as they are. */
export const withinTurn = (longitude: number): number =>
  Math.abs(longitude) <= 180 ? longitude : longitude - TURN * Math.floor((longitude + 180) / TURN);

/** Of two opposite corners, in metres of Web Mercator; what is drawn beyond an edge of the map goes on at the other. */
export function boundsOf(first: Point, second: Point): Bounds {
  const [a, c] = [first, second].map(([x]) => (x / WORLD) * 180) as [number, number];
  const [, b = 0] = toLonLat([...first]);
  const [, d = 0] = toLonLat([...second]);
  const [west, east] = Math.abs(a - c) < TURN ? [Math.min(a, c), Math.max(a, c)].map(withinTurn) : [-180, 180];
  return [west ?? 0, Math.min(b, d), east ?? 0, Math.max(b, d)].map(rounded) as unknown as Bounds;
}

/** East as it follows from west: beyond 180 where the area lies across the antimeridian. */
const eastOf = ([west, , east]: Bounds): number => (east < west ? east + TURN : east);

/** The outline on the map, closed. */
export function outlineOfBounds(bounds: Bounds): readonly Point[] {
  const [west, south, , north] = bounds;
  const east = eastOf(bounds);
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
  [west, south, east, north].every(Number.isFinite) && west !== east && south < north;

const RADIUS = 6_371_008.8;

/** Sides of the area in the middle of it, in metres: from west to east, and from south to north. */
export function sidesOf(bounds: Bounds): readonly [width: number, height: number] {
  const [west, south, , north] = bounds;
  const rad = Math.PI / 180;
  const middle = ((south + north) / 2) * rad;
  return [(eastOf(bounds) - west) * rad * RADIUS * Math.cos(middle), (north - south) * rad * RADIUS];
}
