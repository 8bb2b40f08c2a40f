import type { GeoTransform, Outline, Position } from '@tessera/contracts';
import { dropStraight } from './drop-straight.ts';
import { placeAt } from '../warp/raster-grid.ts';
import { isKnownSystem, transformBetween, WGS84 } from '../warp/reference-systems.ts';

/** The grid of a raster that may not say where it lies. */
export interface ProductGrid {
  readonly epsg: number | null;
  readonly transform: GeoTransform | null;
  readonly width: number;
  readonly height: number;
}

/** Longitude and latitude of a column and a row, in degrees; not finite where they have none. */
type PlaceOf = (column: number, row: number) => Position;

/** Points along each side, before those go that lie on a straight line: edges of other systems are curves in degrees. */
const POINTS = 48;

export interface Footprint {
  readonly outline: Outline;
  readonly epsg: number;
  /** Side of a pixel in metres, in the middle. */
  readonly resolution: number;
}

/**
 * Where a raster lies, in degrees of WGS 84. Pure.
 *
 * @returns undefined for rasters that do not say where they lie, or in a reference system that is not known here, or that
 *   reach to where it has no coordinates.
 */
export function footprintOf({ epsg, transform, width, height }: ProductGrid): Footprint | undefined {
  if (epsg === null || transform === null || !isKnownSystem(epsg)) return undefined;
  const toDegrees = transformBetween(epsg, WGS84);
  const at: PlaceOf = (column, row) => toDegrees(...placeAt(transform, column, row)) ?? [Number.NaN, Number.NaN];
  const corners = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ] as const;
  const ring = corners.flatMap(([column, row], n) => {
    const [nextColumn, nextRow] = corners[(n + 1) % 4] ?? corners[0];
    return Array.from({ length: POINTS }, (_, step) => {
      const part = step / POINTS;
      return at(column + (nextColumn - column) * part, row + (nextRow - row) * part);
    });
  });
  if (!ring.every(([longitude, latitude]) => Number.isFinite(longitude) && Math.abs(latitude) <= 90 + 1e-9)) {
    return undefined;
  }
  const outline = closedByPole(unwrapped(ring));
  const resolution = metresOf(at, width / 2, height / 2);
  if (outline.length > 400 || !(resolution > 0)) return undefined;
  return { outline: dropStraight(outline), epsg, resolution };
}

/**
 * Goes on beyond ±180° instead of jumping to the other side. A pole that is one point of the ring is reached on one meridian
 * and left on another; one that is a side of a grid of degrees is a line like any other.
 */
function unwrapped(ring: Outline): Outline {
  const alone = ring.map(
    (point, n) => isPole(point) && !isPole(ring.at(n - 1)) && !isPole(ring[(n + 1) % ring.length]),
  );
  const start = alone.indexOf(false);
  const first = ring[start]?.[0] ?? 0;
  let before = first;
  let pole: number | undefined;
  const path = ring.flatMap((_, n): Outline => {
    const place = (start + n) % ring.length;
    const [longitude, latitude] = ring[place] ?? [0, 0];
    if (alone[place] === true) {
      pole = Math.sign(latitude) * 90;
      return [[before, pole]];
    }
    before = longitude - 360 * Math.round((longitude - before) / 360);
    const left: Outline = pole === undefined ? [] : [[before, pole]];
    pole = undefined;
    return [...left, [before, Math.max(-90, Math.min(90, latitude))]];
  });
  return pole === undefined ? path : [...path, [first, pole]];
}

const isPole = (point: Position | undefined): boolean => point !== undefined && Math.abs(point[1]) > 90 - 1e-9;

/** A ring that goes once around the earth holds a pole: it is led along the antimeridian to the pole and back. */
function closedByPole(ring: Outline): Outline {
  const [first, last] = [ring[0], ring.at(-1)];
  if (first === undefined || last === undefined) return ring;
  const turns = Math.round((last[0] - first[0]) / 360);
  if (turns === 0) return ring;
  const pole = ring.reduce((sum, [, latitude]) => sum + latitude, 0) > 0 ? 90 : -90;
  const end = first[0] + 360 * turns;
  return [...ring, [end, first[1]], [end, pole], [first[0], pole]];
}

/** Side of a pixel that has the same area. */
function metresOf(at: PlaceOf, column: number, row: number): number {
  const middle = at(column, row);
  return Math.sqrt(metresBetween(middle, at(column + 1, row)) * metresBetween(middle, at(column, row + 1)));
}

const EARTH_RADIUS = 6_371_008.8;

/** Along the great circle, by the haversine formula. */
function metresBetween([a, b]: readonly [number, number], [c, d]: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const [across, up] = [((c - a) * radians) / 2, ((d - b) * radians) / 2];
  const chord = Math.sin(up) ** 2 + Math.cos(b * radians) * Math.cos(d * radians) * Math.sin(across) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
}
