import { constant } from '../../border.ts';
import type { Filter } from '../filter.ts';
import { tileArguments, type Tile } from '../tile.ts';

/** Which of two samples wins. */
export type Extreme = 'brightest' | 'darkest';

/**
 * The filter of `ksize` × `ksize` samples. The anchor of a square of `ksize` pixels is its pixel `⌊ksize / 2⌋` in both
 * directions, so one of even size reaches one pixel further to the left and up than to the right and down.
 */
export function squareFilter(extreme: Extreme, ksize: number): Filter {
  const before = Math.floor(ksize / 2);
  const after = ksize - 1 - before;
  return {
    reach: { left: before, right: after, above: before, below: after },
    border: constant,
    outside: extreme === 'brightest' ? 0 : 255,
    targetChannels: (channels) => channels,
    tileSamples: 6144,
    scalar: (tile) => {
      takeSquare(tile, extreme, ksize);
    },
    vector: {
      scratchBytes: ({ sourceStride: stride }) => 2 * stride + 192,
      run: ({ morphology: run }, tile, scratch) => {
        run(...tileArguments(tile), ksize, extreme === 'darkest' ? 1 : 0, scratch.byteOffset);
      },
    },
  };
}

/** First the extreme of each column of `ksize` samples, then of `ksize` neighbouring columns. */
function takeSquare(tile: Tile, extreme: Extreme, ksize: number): void {
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
