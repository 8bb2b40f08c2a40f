import type { Output, OutputFormat } from '@tessera/contracts';
import { toShallow } from '@tessera/imaging/depth';
import { hasAlpha, type Raster, type Samples } from '@tessera/imaging/raster';
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

/**
 * Brings a raster to the output's channels and depth: where the file has no alpha, colours are laid over white, where it
 * holds 8 bits, the upper ones of 16 are kept. Nothing else changes; the result is what the encoder is given and what `pixelDigest` is taken over.
 *
 * @throws AppError INTERNAL for channels that the output can't come from.
 */
export function prepareForOutput(raster: Raster<Samples>, output: Output): Raster<Samples> {
  const pixels = inChannels(raster, output);
  return output.depth === 16 ? pixels : toShallow(pixels);
}

function inChannels(raster: Raster<Samples>, output: Output): Raster<Samples> {
  if (raster.channels === output.channels) return raster;
  if (hasAlpha(raster.channels) && output.channels === raster.channels - 1) return flatten(raster);
  throw new AppError('INTERNAL', {
    message: `A raster of ${raster.channels} channels can't become a file of ${output.channels}.`,
  });
}
