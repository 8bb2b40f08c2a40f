import type { Output, OutputFormat } from '@tessera/contracts';
import { hasAlpha, type Raster } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import { flatten } from './strip/flatten.ts';

export const OUTPUT_CONTENT_TYPES: Readonly<Record<OutputFormat, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  tiff: 'image/tiff',
};

/** File name extensions, without the dot. */
export const OUTPUT_EXTENSIONS: Readonly<Record<OutputFormat, string>> = {
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tif',
};

export interface OutputLimits {
  /** Pixels. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Whether regions can be encoded apart and joined. */
  readonly splittable: boolean;
  /** Channels of the file for a raster of 1, 2, 3, 4 channels. */
  readonly channels: Readonly<Record<number, number>>;
}

const KEEP = { 1: 1, 2: 2, 3: 3, 4: 4 };
/** Without alpha: 2 → 1 and 4 → 3. */
const OPAQUE = { 1: 1, 2: 1, 3: 3, 4: 3 };

/** What each format can hold. JPEG's side is libjpeg's limit, WebP's VP8's, AVIF's that of its AV1 encoder's profile. */
export const OUTPUT_LIMITS: Readonly<Record<OutputFormat, OutputLimits>> = {
  png: { maxWidth: 0x7fffffff, maxHeight: 0x7fffffff, splittable: true, channels: KEEP },
  jpeg: { maxWidth: 65_500, maxHeight: 65_500, splittable: true, channels: OPAQUE },
  tiff: { maxWidth: 0x7fffffff, maxHeight: 0x7fffffff, splittable: true, channels: KEEP },
  webp: { maxWidth: 16_383, maxHeight: 16_383, splittable: false, channels: KEEP },
  avif: { maxWidth: 16_384, maxHeight: 16_384, splittable: false, channels: KEEP },
};

/**
 * Brings a raster to the output's channels: where the file has no alpha, colours are laid over white. Nothing else
 * changes; the result is what the encoder is given and what `pixelDigest` is taken over.
 *
 * @throws AppError INTERNAL for channels that the output can't come from.
 */
export function prepareForOutput(raster: Raster, output: Output): Raster {
  if (raster.channels === output.channels) return raster;
  if (hasAlpha(raster.channels) && output.channels === raster.channels - 1) return flatten(raster);
  throw new AppError('INTERNAL', {
    message: `A raster of ${raster.channels} channels can't become a file of ${output.channels}.`,
  });
}
