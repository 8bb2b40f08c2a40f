import type { Output, OutputFormat, OutputRequest, Picture, Size, Tiles } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { colourChannels } from '../raster.ts';
import { BLOCK_WIDTH } from '../digest.ts';
import { countTiles } from '../tiles/levels.ts';
import { OUTPUT_FORMATS } from './output-format.ts';

/**
 * Makes every choice of an output: quality, subsampling, channels, depth, tile side.
 *
 * @param picture the raster that the pipeline ends with, in the depth that it was worked in.
 * @throws AppError OUTPUT_TOO_LARGE if the format can't hold the picture or there would be too many tiles, INVALID_PIPELINE for
 *   tiles that there are not.
 */
export function resolveOutput(request: OutputRequest, picture: Picture): Output {
  const facts = OUTPUT_FORMATS[request.format];
  const tiles = request.tiles && resolveTiles(request, picture);
  const thumbnails = request.thumbnails && thumbnailSides(request);
  const isSeveral = tiles !== undefined || thumbnails !== undefined;
  if (!tiles && Math.max(picture.width, picture.height) > facts.maxSide) {
    throw new AppError('OUTPUT_TOO_LARGE', {
      message: `A ${request.format} file can be at most ${facts.maxSide} pixels wide and high; the result is ${picture.width} × ${picture.height}.`,
    });
  }
  return {
    format: request.format,
    quality: request.quality ?? facts.defaultQuality,
    subsampling: request.subsampling ?? '4:2:0',
    metadata: isSeveral ? 'strip' : (request.metadata ?? 'strip'),
    width: picture.width,
    height: picture.height,
    channels: facts.alpha ? picture.channels : colourChannels(picture.channels),
    // Viewers of tiles show 8 bits.
    ...(!tiles && picture.depth === 16 && facts.depth === 16 && { depth: 16 }),
    tile: tiles?.size ?? tileSide(picture),
    ...(tiles && { tiles }),
    ...(thumbnails && { thumbnails }),
  };
}

/** The same output for a picture of another size. */
export function outputFor(output: Output, { width, height }: Size): Output {
  return { ...output, width, height, tile: tileSide({ width, height }) };
}

/** Sides of thumbnails, each once, the largest first. @throws AppError INVALID_PIPELINE */
export function thumbnailSides({ tiles, thumbnails = [] }: OutputRequest): number[] {
  if (tiles) throw new AppError('INVALID_PIPELINE', { message: 'A result is tiles or thumbnails, not both.' });
  return [...new Set(thumbnails)].sort((a, b) => b - a);
}

/** Formats that every viewer of tiles shows. */
const TILE_FORMATS: readonly OutputFormat[] = ['png', 'jpeg', 'webp'];
/** Most tiles of a result: each is a file. */
const MAX_TILES = 50_000;

function resolveTiles({ format, tiles: request }: OutputRequest, picture: Picture): Tiles {
  const tiles: Tiles = {
    layout: request?.layout ?? 'dzi',
    size: request?.size ?? 256,
    overlap: request?.overlap ?? 0,
  };
  if (!TILE_FORMATS.includes(format)) {
    throw new AppError('INVALID_PIPELINE', { message: `Tiles are PNG, JPEG or WebP files, not ${format}.` });
  }
  if (tiles.layout === 'iiif' && tiles.overlap > 0) {
    throw new AppError('INVALID_PIPELINE', { message: 'Tiles of IIIF do not overlap.' });
  }
  const count = countTiles(picture, tiles);
  if (count <= MAX_TILES) return tiles;
  throw new AppError('OUTPUT_TOO_LARGE', {
    message: `The result would have ${count} tiles; ${MAX_TILES} are allowed. Choose larger ones.`,
  });
}

/** The digest's block width, or less for a picture that is smaller, as a multiple of 16 (TIFF 6.0, section 15). */
function tileSide(picture: Size): number {
  return Math.min(BLOCK_WIDTH, Math.ceil(Math.max(picture.width, picture.height) / 16) * 16);
}
