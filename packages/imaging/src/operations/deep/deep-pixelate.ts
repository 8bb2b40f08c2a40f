import type { Region, Size } from '@tessera/contracts';
import { createDeep, type DeepRaster, type DeepWindow } from './deep-raster.ts';

/** Squares of the mean of what they cover; alpha is a channel like others here, and put back by who calls. */
export function deepSquares(input: DeepWindow, region: Region, picture: Size, size: number): DeepRaster {
  const { channels } = input.raster;
  const output = createDeep(region.width, region.height, channels);
  const [right, bottom] = [region.x + region.width, region.y + region.height];
  for (let y = region.y - (region.y % size); y < bottom; y += size) {
    for (let x = region.x - (region.x % size); x < right; x += size) {
      const square = {
        x,
        y,
        width: Math.min(size, picture.width - x),
        height: Math.min(size, picture.height - y),
      };
      for (let channel = 0; channel < channels; channel++) {
        fill(output, region, square, channel, meanOf(input, square, channel));
      }
    }
  }
  return output;
}

function meanOf({ x, y, raster }: DeepWindow, square: Region, channel: number): number {
  const { channels, data, width } = raster;
  let sum = 0;
  for (let row = square.y; row < square.y + square.height; row++) {
    const first = ((row - y) * width + square.x - x) * channels + channel;
    const end = first + square.width * channels;
    for (let at = first; at < end; at += channels) sum += data[at]!;
  }
  const area = square.width * square.height;
  return Math.floor((2 * sum + area) / (2 * area));
}

/** Writes a level to that part of a square which lies in the region. */
function fill({ channels, data }: DeepRaster, region: Region, square: Region, channel: number, level: number): void {
  const [left, top] = [Math.max(square.x, region.x), Math.max(square.y, region.y)];
  const right = Math.min(square.x + square.width, region.x + region.width);
  const bottom = Math.min(square.y + square.height, region.y + region.height);
  for (let y = top; y < bottom; y++) {
    const row = (y - region.y) * region.width - region.x;
    const end = (row + right) * channels;
    for (let at = (row + left) * channels + channel; at < end; at += channels) data[at] = level;
  }
}
