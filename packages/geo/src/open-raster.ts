import { isJp2 } from './jp2/boxes.ts';
import { openJp2 } from './jp2/open-jp2.ts';
import type { RasterFile } from './raster/raster-file.ts';
import { DEFAULT_RASTER_LIMITS, type RasterLimits } from './raster/raster-limits.ts';
import type { RangeSource } from './source/range-source.ts';
import type { DecodeTilePicture } from './tiff/decode/tile-picture.ts';
import { unpackByZlib } from './source/unpack-by-zlib.ts';
import type { Unpack } from './tiff/decode/decompress.ts';
import { workbench } from './tiles/workbench.ts';
import { HeaderPages } from './tiff/header-pages.ts';
import { openTiff } from './tiff/open-tiff.ts';

export interface OpenRasterOptions {
  /** Default: `DEFAULT_RASTER_LIMITS`. */
  readonly limits?: Partial<RasterLimits> | undefined;
  /** Decodes tiles of JPEG, WebP and JPEG 2000; without it they are not read. */
  readonly decodePicture?: DecodeTilePicture | undefined;
  /** Default: off the main thread, on those that Node has for all of the process. */
  readonly unpack?: Unpack | undefined;
  /** Reads under way at one time; default 4. */
  readonly maxReads?: number | undefined;
  /** Bytes between tiles that are rather read than asked around; default 64 KB. */
  readonly maxGap?: number | undefined;
  /** Bytes of one read of several tiles; default 8 MB. */
  readonly maxJoined?: number | undefined;
}

/**
 * Opens a raster: a GeoTIFF, cloud-optimized, tiled or in strips, or a JP2. Reads its header only, 32 KB unless it needs
 * more.
 *
 * @throws AppError UNSUPPORTED_RASTER, CORRUPT_RASTER, and what the source throws
 */
export async function openRaster(
  source: RangeSource,
  options: OpenRasterOptions = {},
  signal?: AbortSignal,
): Promise<RasterFile> {
  const {
    limits,
    decodePicture,
    unpack = unpackByZlib,
    maxReads = 4,
    maxGap = 64 * 1024,
    maxJoined = 8 * 2 ** 20,
  } = options;
  const pages = new HeaderPages(source);
  const access = { source, pages, unpack, decodePicture, maxReads, maxGap, maxJoined, workbench: workbench() };
  const all = { ...DEFAULT_RASTER_LIMITS, ...limits };
  return isJp2(await access.pages.upTo(0, 12, signal)) ? openJp2(access, all, signal) : openTiff(access, all, signal);
}
