import { createSamples, depthOf, type Samples, type Window } from '@tessera/imaging/raster';
import type { Turn } from '../decode/orientation.ts';

/** Side of the squares that are turned at a time: the pixels that lie below one another stay in the cache. */
const BLOCK = 32;

/**
 * Picks upright rows `top` to `bottom` (exclusive) out of a window of the stored picture that holds them, and the first
 * `channels` of each pixel.
 */
export function turnWindow<S extends Samples>(
  stored: Window<S>,
  turn: Turn,
  top: number,
  bottom: number,
  channels: number,
): S {
  const { originX, originY, right, down, width } = turn;
  const { data, channels: stride, width: storedWidth } = stored.raster;
  const stepRight = (right.x + right.y * storedWidth) * stride;
  const stepDown = (down.x + down.y * storedWidth) * stride;
  const firstX = originX + down.x * top - stored.x;
  const firstY = originY + down.y * top - stored.y;
  const first = (firstY * storedWidth + firstX) * stride;
  const height = bottom - top;
  const rows = createSamples(height * width * channels, depthOf(stored.raster)) as S;
  for (let blockY = 0; blockY < height; blockY += BLOCK) {
    for (let blockX = 0; blockX < width; blockX += BLOCK) {
      const endX = Math.min(width, blockX + BLOCK);
      for (let y = blockY; y < Math.min(height, blockY + BLOCK); y += 1) {
        let read = first + y * stepDown + blockX * stepRight;
        let write = (y * width + blockX) * channels;
        for (let x = blockX; x < endX; x += 1) {
          for (let c = 0; c < channels; c += 1) rows[write + c] = data[read + c]!;
          read += stepRight;
          write += channels;
        }
      }
    }
  }
  return rows;
}
