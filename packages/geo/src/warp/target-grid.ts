import type { GeoTransform } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { isGeographic } from '../cog/geographic-codes.ts';
import type { RasterGrid } from './raster-grid.ts';
import { transformBetween, WGS84 } from './reference-systems.ts';

/** West, south, east, north, in degrees of WGS 84; east is greater than 180 where it lies across the antimeridian. */
export type DegreeBox = readonly [west: number, south: number, east: number, north: number];

/** Degrees from the antimeridian to places that are beside each other: some centimetres. */
const BESIDE = 1e-7;
/** Points along each side of an area by which its extent in another system is found. */
const STEPS = 40;
/** Metres of a degree of latitude, about. */
const DEGREE = 111_320;
/** Part of a pixel that roundings may take from an area before another row of pixels is added. */
const SLACK = 1e-6;

/** Latitudes up to which UTM reaches, and the systems of the poles beyond them. */
const ZONES = 60;
/** Degrees of a zone. */
const ZONE = 360 / ZONES;
const UTM = { south: -80, north: 84, antarctic: 3031, arctic: 3413 };

/** The reference system that suits an area: the UTM zone of its middle, or that of the pole. */
export function systemFor([west, south, east, north]: DegreeBox): number {
  const middle = (south + north) / 2;
  if (middle > UTM.north) return UTM.arctic;
  if (middle < UTM.south) return UTM.antarctic;
  const zone = (Math.floor(((west + east) / 2 + 180) / ZONE) % ZONES) + 1;
  return (middle >= 0 ? 32_600 : 32_700) + zone;
}

/** Whether an area is in one piece in a reference system: many are cut at the antimeridian. */
export function isWholeOver([west, south, east, north]: DegreeBox, epsg: number): boolean {
  if (east <= 180 || west >= 180) return true;
  if (isGeographic(epsg)) return false;
  const transform = transformBetween(WGS84, epsg);
  const middle = (south + north) / 2;
  const [before, after] = [transform(180 - BESIDE, middle), transform(180 + BESIDE, middle)];
  return before !== undefined && after !== undefined && Math.hypot(after[0] - before[0], after[1] - before[1]) < 1;
}

/** Side of a pixel of a raster in units of another reference system: metres become degrees at the equator, or back. */
export function pixelSide([, dx, rx, , ry, dy]: GeoTransform, from: number, to: number): number {
  const side = Math.min(Math.hypot(dx, ry), Math.hypot(rx, dy));
  if (isGeographic(from) === isGeographic(to)) return side;
  return isGeographic(from) ? side * DEGREE : side / DEGREE;
}

export interface GridWish {
  readonly box: DegreeBox;
  readonly epsg: number;
  /** Side of a pixel in units of the system. */
  readonly resolution: number;
  /** A grid of the same system whose pixels those of the new one shall lie over, if their sides allow it. */
  readonly alignedTo?: GeoTransform | undefined;
}

/**
 * The pixels that cover an area, north above. Their borders are at multiples of the resolution, or at those of the grid
 * that they are aligned to: mosaics of neighbouring areas fit together.
 *
 * @throws AppError INVALID_AREA where the area has no place in the reference system or is cut by it, UNSUPPORTED_RASTER for a system that is
 *   not known.
 */
export function gridOver({ box, epsg, resolution, alignedTo }: GridWish): RasterGrid {
  if (!isWholeOver(box, epsg)) {
    const message = `EPSG:${String(epsg)} is cut at the 180th meridian, and the area lies across it: take a UTM zone, or leave the system out.`;
    throw new AppError('INVALID_AREA', { message });
  }
  const [left, bottom, right, top] = extentOf(box, epsg);
  const [phaseX, phaseY] = phaseOf(alignedTo, resolution);
  const before = (from: number, phase: number): number => Math.floor((from - phase) / resolution + SLACK);
  const after = (to: number, phase: number): number => Math.ceil((to - phase) / resolution - SLACK);
  const [column, row] = [before(left, phaseX), after(top, phaseY)];
  const width = Math.max(1, after(right, phaseX) - column);
  const height = Math.max(1, row - before(bottom, phaseY));
  const [x0, y0] = [phaseX + column * resolution, phaseY + row * resolution];
  return { epsg, width, height, transform: [x0, resolution, 0, y0, 0, -resolution] };
}

/** Where borders of pixels lie, modulo the resolution. */
function phaseOf(transform: GeoTransform | undefined, resolution: number): readonly [number, number] {
  if (transform === undefined) return [0, 0];
  const [x0, dx, rx, y0, ry, dy] = transform;
  const fits = rx === 0 && ry === 0 && isMultiple(resolution, Math.abs(dx)) && isMultiple(resolution, Math.abs(dy));
  return fits ? [x0 % resolution, y0 % resolution] : [0, 0];
}

function isMultiple(large: number, small: number): boolean {
  const times = large / small;
  return times > 1 - SLACK && Math.abs(times - Math.round(times)) < SLACK;
}

/** Left, bottom, right and top of an area in another system. */
function extentOf([west, south, east, north]: DegreeBox, epsg: number): readonly [number, number, number, number] {
  const transform = transformBetween(WGS84, epsg);
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let step = 0; step <= STEPS; step++) {
    const [x, y] = [west + ((east - west) * step) / STEPS, south + ((north - south) * step) / STEPS];
    for (const place of [transform(x, south), transform(x, north), transform(west, y), transform(east, y)]) {
      if (place === undefined) {
        throw new AppError('INVALID_AREA', { message: `The area has no place in EPSG:${String(epsg)}.` });
      }
      extent[0] = Math.min(extent[0], place[0]);
      extent[1] = Math.min(extent[1], place[1]);
      extent[2] = Math.max(extent[2], place[0]);
      extent[3] = Math.max(extent[3], place[1]);
    }
  }
  return extent;
}
