import type { Output, OutputRequest, Picture } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { colourChannels } from '../raster.ts';
import { BLOCK_WIDTH } from '../digest.ts';
import { OUTPUT_FORMATS } from './output-format.ts';

/**
 * Makes every choice of an output: quality, subsampling, channels, depth, tile side.
 *
 * @param picture the raster that the pipeline ends with, in the depth that it was worked in.
 * @throws AppError OUTPUT_TOO_LARGE if the format can't hold the picture.
 */
export function resolveOutput(request: OutputRequest, picture: Picture): Output {
  const facts = OUTPUT_FORMATS[request.format];
  if (Math.max(picture.width, picture.height) > facts.maxSide) {
    throw new AppError('OUTPUT_TOO_LARGE', {
      message: `A ${request.format} file can be at most ${facts.maxSide} pixels wide and high; the result is ${picture.width} × ${picture.height}.`,
    });
  }
  return {
    format: request.format,
    quality: request.quality ?? facts.defaultQuality,
    subsampling: request.subsampling ?? '4:2:0',
    metadata: request.metadata ?? 'strip',
    width: picture.width,
    height: picture.height,
    channels: facts.alpha ? picture.channels : colourChannels(picture.channels),
    ...(picture.depth === 16 && facts.depth === 16 && { depth: 16 }),
    tile: tileSide(picture),
  };
}

/** The digest's block width, or less for a picture that is smaller, as a multiple of 16 (TIFF 6.0, section 15). */
function tileSide(picture: Picture): number {
  return Math.min(BLOCK_WIDTH, Math.ceil(Math.max(picture.width, picture.height) / 16) * 16);
}
