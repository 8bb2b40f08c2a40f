// What a page shares with the machines that make rasters: reading and painting them. Nothing here needs Node.
export { paletteBytes, paletteColours } from './paint/palette.ts';
export { toLevels } from './paint/levels.ts';
export type { ValueRange } from './paint/value-range.ts';
export type { RasterBlock } from './raster/raster-block.ts';
export type { RasterFile } from './raster/raster-file.ts';
export { DEFAULT_RASTER_LIMITS } from './raster/raster-limits.ts';
export type { Samples } from './raster/sample-type.ts';
export type { RangeSource } from './source/range-source.ts';
export type { Unpack } from './tiff/decode/decompress.ts';
export type { DecodeTilePicture } from './tiff/decode/tile-picture.ts';
export { HeaderPages } from './tiff/header-pages.ts';
export { openTiff } from './tiff/open-tiff.ts';
export { isKnownSystem, transformBetween, type TransformPoint } from './warp/reference-systems.ts';
