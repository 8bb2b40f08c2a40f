import type { Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { hasAlpha, type Raster, type Window } from '../../raster.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import { copyDeepAlpha } from '../deep/deep-filter.ts';
import { deepSquares } from '../deep/deep-pixelate.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { copyAlpha } from '../run-tiles.ts';

const shallow: NeighbourhoodOperation<'pixelate'> = {
  op: 'pixelate',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ size }) => size - 1,
  apply: (input, region, picture, { size }) => squares(input, region, picture, size),
};

/** Squares of the mean of what they cover, rounded half up. They are tied to the picture's corner, wherever a region begins. */
export const pixelate = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { size }) => {
    const output = deepSquares(input, region, picture, size);
    if (hasAlpha(output.channels)) copyDeepAlpha(input, region, output);
    return output;
  },
});

function squares(input: Window, region: Region, picture: Size, size: number): Raster {
  const { channels } = input.raster;
  const output = unwrittenRaster(region.width, region.height, channels);
  const bytes = region.width * channels;
  const bottom = region.y + region.height;
  for (let y = region.y - (region.y % size); y < bottom; y += size) {
    const rows = { y, height: Math.min(size, picture.height - y) };
    const line = lineOfSquares(input, region, picture, size, rows);
    for (let row = Math.max(y, region.y); row < Math.min(y + size, bottom); row++) {
      output.data.set(line, (row - region.y) * bytes);
    }
  }
  if (channels % 2 === 0) copyAlpha(input, region, output);
  return output;
}

/** A row of a region whose squares cover such rows. */
function lineOfSquares(
  input: Window,
  region: Region,
  picture: Size,
  size: number,
  rows: Pick<Region, 'y' | 'height'>,
): Uint8Array {
  const { channels } = input.raster;
  const line = new Uint8Array(region.width * channels);
  const right = region.x + region.width;
  for (let x = region.x - (region.x % size); x < right; x += size) {
    const colour = meanOf(input, { ...rows, x, width: Math.min(size, picture.width - x) });
    const end = (Math.min(x + size, right) - region.x) * channels;
    for (let at = (Math.max(x, region.x) - region.x) * channels, n = 0; at < end; at++) {
      line[at] = colour[n]!;
      n = n === channels - 1 ? 0 : n + 1;
    }
  }
  return line;
}

function meanOf({ x, y, raster }: Window, square: Region): Uint8Array {
  const { channels, data, width } = raster;
  const sums = new Float64Array(channels);
  const area = square.width * square.height;
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0;
    for (let row = square.y; row < square.y + square.height; row++) {
      const first = ((row - y) * width + square.x - x) * channels + channel;
      const end = first + square.width * channels;
      for (let at = first; at < end; at += channels) sum += data[at]!;
    }
    sums[channel] = sum;
  }
  return Uint8Array.from(sums, (sum) => Math.floor((2 * sum + area) / (2 * area)));
}
