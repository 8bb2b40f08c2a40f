import type { InputFormat, OutputFormat } from '@tessera/contracts';

/** Media types of the formats that are read. */
export const CONTENT_TYPES: Readonly<Record<InputFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  tiff: 'image/tiff',
  gif: 'image/gif',
};

/** Usual extensions of the formats that are read and written. */
export const EXTENSIONS: Readonly<Record<InputFormat | OutputFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tif',
  gif: 'gif',
};
