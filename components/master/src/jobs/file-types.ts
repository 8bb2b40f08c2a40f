import type { OutputFormat, SourceFormat } from '@tessera/contracts';

/** Media types of the formats that are read. */
export const CONTENT_TYPES: Readonly<Record<SourceFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  tiff: 'image/tiff',
  gif: 'image/gif',
  raster: 'application/octet-stream',
  rasters: 'application/json',
};

/** Usual extensions of the formats that are read and written. */
export const EXTENSIONS: Readonly<Record<SourceFormat | OutputFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tif',
  gif: 'gif',
  raster: 'tif',
  rasters: 'json',
};
