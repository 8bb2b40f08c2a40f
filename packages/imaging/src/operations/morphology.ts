import type { Region, Size } from '@tessera/contracts';
import { constant } from '../border.ts';
import type { NeighbourhoodOperation } from '../operation.ts';
import type { Raster, Window } from '../raster.ts';
import { runFilter, type Filter } from './filter.ts';
import { tileArguments, type Tile } from './tile.ts';

/** Which of two samples wins. */
export type Extreme = 'brightest' | 'darkest';

/** Each sample becomes the brightest of its square neighbourhood; what lies outside the picture does not count. */
export const dilate: NeighbourhoodOperation<'dilate'> = {
  op: 'dilate',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => Math.floor(ksize / 2),
  apply: (input, region, picture, { ksize }) => take('brightest', input, region, picture, ksize),
};

/** Each sample becomes the darkest of its square neighbourhood; what lies outside the picture does not count. */
export const erode: NeighbourhoodOperation<'erode'> = {
  op: 'erode',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => Math.floor(ksize / 2),
  apply: (input, region, picture, { ksize }) => take('darkest', input, region, picture, ksize),
};

function take(extreme: Extreme, input: Window, region: Region, picture: Size, ksize: number): Raster {
  return runFilter(input, region, picture, morphologyFilter(extreme, ksize));
}

/**
 * The filter of `ksize` × `ksize` samples. The anchor of a square of `ksize` pixels is its pixel `⌊ksize / 2⌋` in both
 * directions, so one of even size reaches one pixel further to the left and up than to the right and down.
 */
export function morphologyFilter(extreme: Extreme, ksize: number): Filter {
  const before = Math.floor(ksize / 2);
  const after = ksize - 1 - before;
  return {
    reach: { left: before, right: after, above: before, below: after },
    border: constant,
    outside: extreme === 'brightest' ? 0 : 255,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      morphTile(tile, extreme, ksize);
    },
    vector: {
      scratchBytes: () => 0,
      run: ({ morphology: run }, tile) => {
        run(...tileArguments(tile), ksize, extreme === 'darkest' ? 1 : 0);
      },
    },
  };
}

/** First the extreme of each column of `ksize` samples, then of `ksize` neighbouring columns. */
function morphTile(tile: Tile, extreme: Extreme, ksize: number): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  // The darkest of a set is the inverse of the brightest of the inverses.
  const flip = extreme === 'brightest' ? 0 : 255;
  const wide = samples + (ksize - 1) * channels;
  const columns = new Uint8Array(wide);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < wide; i++) {
      columns[i] = brightest(source, row * sourceStride + i, sourceStride, ksize, flip);
    }
    for (let i = 0; i < samples; i++) {
      target[row * targetStride + i] = brightest(columns, i, channels, ksize, 0) ^ flip;
    }
  }
}

function brightest(data: Uint8Array, start: number, step: number, count: number, flip: number): number {
  let best = 0;
  for (let index = 0, at = start; index < count; index++, at += step) {
    const value = data[at]! ^ flip;
    if (value > best) best = value;
  }
  return best;
}
