import { AppError } from '@tessera/runtime/app-error';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import type { CogOptions } from './cog-options.ts';

/** Sizes of TIFF are unsigned 32-bit, GDAL's are signed. */
const MAX_SIDE = 2 ** 31 - 1;
/** Sides of tiles that readers take without complaint. */
const MAX_TILE = 8192;
/** BitsPerSample and its like count bands with 16 bits. */
const MAX_BANDS = 65_535;
/** Codes of reference systems are SHORTs among the geo keys, and the upper half is user-defined. */
const MAX_EPSG = 32_766;
const LEVELS = { none: [0, 0], lzw: [0, 0], deflate: [1, 9], zstd: [1, 22], jpeg: [1, 100] } as const;

/** @throws AppError INTERNAL for options that no file can have, with the first reason. */
export function checkCogOptions(options: CogOptions): void {
  for (const [isRight, reason] of rules(options)) {
    if (!isRight) throw new AppError('INTERNAL', { message: `This GeoTIFF can't be written: ${reason}.` });
  }
}

function* rules(options: CogOptions): Generator<readonly [boolean, string]> {
  const { width, height, bands, type, tile = 512, compression = 'deflate', level, predictor, nodata, epsg } = options;
  const { bytes, kind } = SAMPLE_TYPES[type];
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE;
  yield [isSide(width) && isSide(height), `${width} × ${height} is no size`];
  yield [Number.isInteger(bands) && bands >= 1 && bands <= MAX_BANDS, `${bands} is no number of bands`];
  yield [tile % 16 === 0 && tile >= 16 && tile <= MAX_TILE, `${tile} is no side of a tile`];
  const [least, most] = LEVELS[compression];
  yield [
    level === undefined || (Number.isInteger(level) && level >= least && level <= most),
    `${compression} has no level ${level}`,
  ];
  yield [predictor !== 2 || bytes <= 4, 'predictor 2 is for at most 32 bits'];
  yield [predictor !== 3 || kind === 'float', 'predictor 3 is for floats'];
  const isPlain = compression === 'none' || compression === 'jpeg';
  yield [!isPlain || (predictor ?? 1) === 1, `${compression} has no predictor`];
  yield [!options.alpha || bands >= 2, 'one band is not alpha alone'];
  const colours = bands - (options.alpha ? 1 : 0);
  yield [options.photometric !== 'rgb' || colours >= 3, 'colours need three bands'];
  yield [typeof nodata !== 'number' || kind === 'float' || isSample(nodata, type), `${nodata} is no ${type}`];
  yield [nodata !== 'nan' || kind === 'float', `NaN is no ${type}`];
  yield [
    epsg === null || epsg === undefined || (Number.isInteger(epsg) && epsg >= 1024 && epsg <= MAX_EPSG),
    `EPSG:${epsg} is no code`,
  ];
  yield [options.transform?.every(Number.isFinite) ?? true, 'the transform is not finite'];
  if (compression !== 'jpeg') return;
  yield [type === 'uint8', `JPEG has no ${type}`];
  yield [options.interleave === 'band' || bands === 1 || (bands === 3 && !options.alpha), 'JPEG has 1 or 3 bands'];
}

function isSample(value: number, type: CogOptions['type']): boolean {
  const [least, greatest] = SAMPLE_TYPES[type].range;
  return Number.isInteger(value) && value >= least && value <= greatest;
}
