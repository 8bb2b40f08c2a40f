import proj4 from 'proj4';
import { unsupportedRaster } from '../raster/raster-error.ts';
import { definitionOf } from './system-definition.ts';

/** WGS 84, longitude and latitude in degrees. */
export const WGS84 = 4326;

/** Takes a place from one reference system to another; `undefined` where the place has none there. */
export type TransformPoint = (x: number, y: number) => readonly [x: number, y: number] | undefined;

/** Tells whether rasters of a reference system can be reprojected. */
export function isKnownSystem(epsg: number): boolean {
  return definitionOf(epsg) !== undefined;
}

/**
 * The way from one reference system to another; x is east or longitude in all of them.
 *
 * @throws AppError UNSUPPORTED_RASTER for systems that are not known.
 */
export function transformBetween(from: number, to: number): TransformPoint {
  if (from === to) return (x, y) => [x, y];
  const { forward } = proj4(definition(from), definition(to));
  return (x, y) => {
    let place: readonly number[];
    try {
      place = forward([x, y]);
    } catch {
      // Some projections throw beyond their domain, others answer with numbers that are none.
      return undefined;
    }
    const [east = Number.NaN, north = Number.NaN] = place;
    return Number.isFinite(east) && Number.isFinite(north) ? [east, north] : undefined;
  };
}

function definition(epsg: number): string {
  const known = definitionOf(epsg);
  if (known !== undefined) return known;
  throw unsupportedRaster(`EPSG:${String(epsg)} is not a reference system that this site reprojects.`);
}
