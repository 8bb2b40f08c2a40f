import type { Window } from '@tessera/imaging';
import type { Turn } from '../decode/orientation.ts';

/**
 * Picks upright rows `top` to `bottom` (exclusive) out of a window of the stored picture that holds them, and the first
 * `channels` of each pixel.
 */
export function turnWindow(stored: Window, turn: Turn, top: number, bottom: number, channels: number): Uint8Array {
  const { originX, originY, right, down, width } = turn;
  const { raster } = stored;
  const stride = raster.width * raster.channels;
  const stepRight = right.x * raster.channels + right.y * stride;
  const stepDown = down.x * raster.channels + down.y * stride;
  const rows = new Uint8Array((bottom - top) * width * channels);
  const firstX = originX + down.x * top - stored.x;
  const firstY = originY + down.y * top - stored.y;
  let start = firstY * stride + firstX * raster.channels;
  let write = 0;
  for (let row = top; row < bottom; row += 1) {
    for (let column = 0, read = start; column < width; column += 1, read += stepRight) {
      for (let c = 0; c < channels; c += 1) rows[write + c] = raster.data[read + c]!;
      write += channels;
    }
    start += stepDown;
  }
  return rows;
}
