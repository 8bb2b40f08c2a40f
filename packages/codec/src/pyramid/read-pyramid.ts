import type { Region, Size } from '@tessera/contracts';
import type { Raster } from '@tessera/imaging';
import { AppError } from '@tessera/runtime/app-error';
import type { Sharp } from 'sharp';
import { sharp } from '../sharp.ts';
import { encodeView, type View } from './encode-view.ts';
import { rasterOf } from './raster-of.ts';
import { PYRAMID_TILE, type Pyramid } from './pyramid.ts';

/**
 * The tile in a column and a row of a level, level 0 the picture's own size; undefined where there is none.
 *
 * @throws AppError STORE_CORRUPT if the file can't be read.
 */
export async function readTile(
  pyramid: Pyramid,
  level: number,
  column: number,
  row: number,
): Promise<View | undefined> {
  const size = pyramid.levels[level];
  if (size === undefined) return undefined;
  const x = column * PYRAMID_TILE;
  const y = row * PYRAMID_TILE;
  if (x >= size.width || y >= size.height) return undefined;
  const width = Math.min(PYRAMID_TILE, size.width - x);
  const height = Math.min(PYRAMID_TILE, size.height - y);
  const tile = part(pyramid, level, { x, y, width, height });
  return reading(() => encodeView(tile, pyramid.channels, level === 0));
}

/**
 * Reads a region of a level, brought to `size` if it has another.
 *
 * @throws AppError STORE_CORRUPT if the file can't be read.
 */
export async function readLevel(pyramid: Pyramid, level: number, region: Region, size: Size = region): Promise<Raster> {
  const same = size.width === region.width && size.height === region.height;
  const read = part(pyramid, level, region);
  const sized = same ? read : read.resize({ ...size, fit: 'fill', kernel: 'linear', fastShrinkOnLoad: false });
  return reading(() => rasterOf(sized, pyramid.channels));
}

/**
 * The whole picture so that it fits a square of `side` pixels; never enlarged.
 *
 * @throws AppError STORE_CORRUPT if the file can't be read.
 */
export async function readThumbnail(pyramid: Pyramid, side: number): Promise<View> {
  const level = pyramid.levels.findLastIndex(({ width, height }) => Math.max(width, height) >= side);
  const whole = sharp(pyramid.path, { page: Math.max(0, level), limitInputPixels: false });
  const small = whole.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
  return reading(() => encodeView(small, pyramid.channels));
}

function part(pyramid: Pyramid, level: number, { x, y, width, height }: Region): Sharp {
  const image = sharp(pyramid.path, { page: level, limitInputPixels: false });
  return image.extract({ left: x, top: y, width, height });
}

async function reading<Value>(read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    throw new AppError('STORE_CORRUPT', { message: 'The prepared picture can not be read.', retryable: true, cause });
  }
}
