import type { Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { createRaster, type Raster, type Window } from '../../raster.ts';
import { copyAlpha } from '../run-tiles.ts';

/** Squares of the mean of what they cover, rounded half up. They are tied to the picture's corner, wherever a region begins. */
export const pixelate: NeighbourhoodOperation<'pixelate'> = {
  op: 'pixelate',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ size }) => size - 1,
  apply: (input, region, picture, { size }) => squares(input, region, picture, size),
};

function squares(input: Window, region: Region, picture: Size, size: number): Raster {
  const { channels } = input.raster;
  const output = createRaster(region.width, region.height, channels);
  const right = region.x + region.width;
  const bottom = region.y + region.height;
  for (let y = region.y - (region.y % size); y < bottom; y += size) {
    for (let x = region.x - (region.x % size); x < right; x += size) {
      const square = { x, y, width: Math.min(size, picture.width - x), height: Math.min(size, picture.height - y) };
      const colour = meanOf(input, square);
      const left = Math.max(x, region.x);
      const end = Math.min(x + size, right);
      for (let row = Math.max(y, region.y); row < Math.min(y + size, bottom); row++) {
        let at = ((row - region.y) * region.width + left - region.x) * channels;
        for (let column = left; column < end; column++, at += channels) output.data.set(colour, at);
      }
    }
  }
  if (channels % 2 === 0) copyAlpha(input, region, output);
  return output;
}

function meanOf({ x, y, raster }: Window, square: Region): Uint8Array {
  const { channels, data, width } = raster;
  const sums = new Float64Array(channels);
  for (let row = square.y; row < square.y + square.height; row++) {
    let at = ((row - y) * width + square.x - x) * channels;
    for (let column = 0; column < square.width; column++) {
      for (let channel = 0; channel < channels; channel++) sums[channel] = sums[channel]! + data[at++]!;
    }
  }
  const area = square.width * square.height;
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}
