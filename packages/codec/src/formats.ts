import type { OutputFormat } from '@tessera/contracts';
import { jpegFormat } from './strip/jpeg/jpeg.ts';
import { pngFormat } from './strip/png/png.ts';
import type { StripFormat } from './strip/strip.ts';
import { createTiffFormat } from './strip/tiff/tiff.ts';
import { avifFormat, webpFormat } from './strip/whole-file.ts';

const STRIP_FORMATS: Readonly<Record<OutputFormat, StripFormat>> = {
  png: pngFormat,
  jpeg: jpegFormat,
  tiff: createTiffFormat(),
  webp: webpFormat,
  avif: avifFormat,
};

/** The encoder and assembler of an output format. PNG, JPEG and TIFF take any number of strips, WebP and AVIF one. */
export function stripFormat(format: OutputFormat): StripFormat {
  return STRIP_FORMATS[format];
}
