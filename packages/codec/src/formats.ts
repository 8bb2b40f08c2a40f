import type { OutputFormat } from '@tessera/contracts';
import { pngFormat } from './strip/png/png.ts';
import type { StripFormat } from './strip/strip.ts';

const STRIP_FORMATS: Partial<Record<OutputFormat, StripFormat>> = { png: pngFormat };

/** The encoder and assembler of an output format. */
export function stripFormat(format: OutputFormat): StripFormat {
  return STRIP_FORMATS[format] ?? pngFormat;
}
