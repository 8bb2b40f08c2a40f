import type { GeoTransform } from '@tessera/contracts';
import { isGeographic } from './geographic-codes.ts';
import { doubles, shorts, type TiffField } from './tiff-field.ts';

const MODEL_PIXEL_SCALE = 33_550;
const MODEL_TIEPOINT = 33_922;
const MODEL_TRANSFORMATION = 34_264;
const GEO_KEY_DIRECTORY = 34_735;

/** Keys and values of GeoTIFF 1.1, section 7. */
const KEYS = { modelType: 1024, rasterType: 1025, geographic: 2048, projected: 3072 } as const;
const PROJECTED = 1;
const GEOGRAPHIC = 2;
const PIXEL_IS_AREA = 1;

/** The fields that say where a raster lies. */
export function geoFields(transform: GeoTransform | null, epsg: number | null): TiffField[] {
  const keys = [...modelKeys(epsg), [KEYS.rasterType, PIXEL_IS_AREA] as const].sort(([a], [b]) => a - b);
  const directory = [1, 1, 0, keys.length, ...keys.flatMap(([key, value]) => [key, 0, 1, value])];
  const isAnywhere = transform !== null || epsg !== null;
  return [
    ...(transform ? transformFields(transform) : []),
    ...(isAnywhere ? [shorts(GEO_KEY_DIRECTORY, ...directory)] : []),
  ];
}

function modelKeys(epsg: number | null): (readonly [key: number, value: number])[] {
  if (epsg === null) return [];
  return isGeographic(epsg)
    ? [[KEYS.modelType, GEOGRAPHIC] as const, [KEYS.geographic, epsg] as const]
    : [[KEYS.modelType, PROJECTED] as const, [KEYS.projected, epsg] as const];
}

/** Scale and one point for rasters with north above, a matrix for all others, as GDAL writes them. */
function transformFields([x0, dx, rx, y0, ry, dy]: GeoTransform): TiffField[] {
  if (rx === 0 && ry === 0 && dx > 0 && dy < 0) {
    return [doubles(MODEL_PIXEL_SCALE, dx, -dy, 0), doubles(MODEL_TIEPOINT, 0, 0, 0, x0, y0, 0)];
  }
  return [doubles(MODEL_TRANSFORMATION, dx, rx, 0, x0, ry, dy, 0, y0, 0, 0, 0, 0, 0, 0, 0, 1)];
}
