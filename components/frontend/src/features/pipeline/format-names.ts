import type { OutputFormat } from '@tessera/contracts';

/** Formats by their names, the same in every language. */
export const FORMAT_NAMES: Readonly<Record<OutputFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  tiff: 'TIFF',
};
