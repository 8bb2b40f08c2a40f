import type { Size } from '@tessera/contracts';

/** Side of the tiles in pixels. */
export const PYRAMID_TILE = 512;

/**
 * A picture and its halves as one tiled TIFF of 8-bit pixels as in `Raster`, uncompressed: written at the speed of the
 * disk, read in milliseconds at any place, and without loss.
 */
export interface Pyramid {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** From the picture's own size down; level `n` is page `n` of the file. */
  readonly levels: readonly Size[];
  /** Bytes of the file. */
  readonly bytes: number;
  /** For each channel how many pixels have each level, 0–255; counted over all pixels. */
  readonly histogram: readonly (readonly number[])[];
}

/**
 * Sizes of the levels: each half as wide and high as the one before, rounded down, until one tile holds it or it is a
 * line. That is how libvips makes them.
 */
export function pyramidLevels(picture: Size): readonly Size[] {
  const levels = [{ width: picture.width, height: picture.height }];
  for (let last = levels[0]!; Math.max(last.width, last.height) > PYRAMID_TILE;) {
    if (Math.min(last.width, last.height) < 2) break;
    last = { width: last.width >> 1, height: last.height >> 1 };
    levels.push(last);
  }
  return levels;
}

/** Bytes of the file of a picture, but for some kilobytes of headers: whole tiles of all levels. */
export function pyramidBytes(picture: Size, channels: number): number {
  const tiles = pyramidLevels(picture).reduce(
    (sum, { width, height }) => sum + Math.ceil(width / PYRAMID_TILE) * Math.ceil(height / PYRAMID_TILE),
    0,
  );
  return tiles * PYRAMID_TILE * PYRAMID_TILE * channels;
}

/** Bytes of scratch that making a pyramid takes at most: the decoded picture, that turned upright, and the result. */
export function pyramidScratchBytes(picture: Size, channels: number): number {
  return 2 * picture.width * picture.height * channels + pyramidBytes(picture, channels);
}
