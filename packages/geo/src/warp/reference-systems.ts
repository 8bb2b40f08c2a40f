import proj4 from 'proj4';
import { unsupportedRaster } from '../raster/raster-error.ts';

/** Systems that proj4 does not know by itself, as PROJ has them. Those of ETRS89 and NAD83 are taken for WGS 84's. */
const NAMED: Readonly<Record<number, string>> = {
  3031: '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m',
  3034: '+proj=lcc +lat_0=52 +lon_0=10 +lat_1=35 +lat_2=65 +x_0=4000000 +y_0=2800000 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  3035: '+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  3413: '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m',
  3577: '+proj=aea +lat_0=0 +lon_0=132 +lat_1=-18 +lat_2=-36 +x_0=0 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=m',
  4258: '+proj=longlat +ellps=GRS80 +towgs84=0,0,0',
  5070: '+proj=aea +lat_0=23 +lon_0=-96 +lat_1=29.5 +lat_2=45.5 +x_0=0 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=m',
};

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

function definitionOf(epsg: number): string | undefined {
  const named = NAMED[epsg];
  if (named !== undefined) return named;
  const etrs = epsg - 25_800;
  if (etrs >= 28 && etrs <= 38) return utm(etrs);
  const nad = epsg - 26_900;
  if (nad >= 1 && nad <= 23) return utm(nad);
  const name = `EPSG:${String(epsg)}`;
  return (proj4.defs(name) as unknown) === undefined ? undefined : name;
}

const utm = (zone: number): string => `+proj=utm +zone=${String(zone)} +ellps=GRS80 +towgs84=0,0,0 +units=m`;
