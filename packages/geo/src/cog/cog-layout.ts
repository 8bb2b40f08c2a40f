import type { GeoTransform, Nodata, SampleType } from '@tessera/contracts';
import type { CogCompression, CogMetadata, CogOptions, CogResampling } from './cog-options.ts';
import { checkCogOptions } from './check-cog-options.ts';
import { defaultPredictor } from './default-predictor.ts';

/** One level of the pyramid: its size in pixels and in tiles. */
export interface CogLevel {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

/** Everything about a cloud optimized GeoTIFF but its samples; plain data that may be sent. */
export interface CogLayout {
  readonly type: SampleType;
  readonly bands: number;
  readonly tile: number;
  readonly compression: CogCompression;
  readonly level: number;
  readonly predictor: 1 | 2 | 3;
  /** Number of separately stored planes: 1, or one per band. */
  readonly planes: number;
  readonly nodata: Nodata | null;
  readonly epsg: number | null;
  readonly transform: GeoTransform | null;
  readonly resampling: CogResampling;
  readonly metadata: CogMetadata;
  readonly photometric: 'grey' | 'rgb';
  readonly alpha: boolean;
  readonly bigTiff: 'auto' | boolean;
  /** Full size first, then halves. */
  readonly levels: readonly CogLevel[];
}

const DEFAULT_TILE = 512;
const DEFAULT_LEVELS: Readonly<Record<CogCompression, number>> = { none: 0, deflate: 6, zstd: 9, lzw: 0, jpeg: 75 };
/** GDAL's validator wants overviews of everything larger, whatever the tiles. */
const LARGEST_WITHOUT_OVERVIEW = 512;

/**
 * Lays out a file.
 *
 * @throws AppError INTERNAL for options that contradict each other.
 */
export function planCog(options: CogOptions): CogLayout {
  checkCogOptions(options);
  const { type, bands, tile = DEFAULT_TILE, compression = 'deflate', alpha = false } = options;
  return {
    type,
    bands,
    tile,
    compression,
    level: options.level ?? DEFAULT_LEVELS[compression],
    predictor: options.predictor ?? defaultPredictor(type, compression),
    planes: options.interleave === 'band' ? bands : 1,
    nodata: options.nodata ?? null,
    epsg: options.epsg ?? null,
    transform: options.transform ?? null,
    resampling: options.resampling ?? 'average',
    metadata: options.metadata ?? {},
    photometric: options.photometric ?? 'grey',
    alpha,
    bigTiff: options.bigTiff ?? 'auto',
    levels:
      options.overviews === false
        ? [levelOf(options.width, options.height, tile)]
        : planLevels(options.width, options.height, tile),
  };
}

/** Halves, rounded up, until everything fits a tile. */
function planLevels(width: number, height: number, tile: number): CogLevel[] {
  const levels = [levelOf(width, height, tile)];
  const fits = Math.min(tile, LARGEST_WITHOUT_OVERVIEW);
  while (Math.max(width, height) > fits) {
    width = Math.ceil(width / 2);
    height = Math.ceil(height / 2);
    levels.push(levelOf(width, height, tile));
  }
  return levels;
}

function levelOf(width: number, height: number, tile: number): CogLevel {
  return { width, height, columns: Math.ceil(width / tile), rows: Math.ceil(height / tile) };
}
