import { replicate } from '../border.ts';
import type { NeighbourhoodOperation } from '../operation.ts';
import { runFilter, type Filter } from './filter.ts';
import { tileArguments, type Tile } from './tile.ts';

/** The median of each sample's square neighbourhood, channel by channel; border pixels are repeated outwards. */
export const median: NeighbourhoodOperation<'median'> = {
  op: 'median',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize }) => runFilter(input, region, picture, medianFilter(ksize)),
};

/** The filter of `ksize` × `ksize` samples. */
export function medianFilter(ksize: 3 | 5 | 7): Filter {
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border: replicate,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      slideHistogram(tile, ksize);
    },
    vector: {
      // Sorted columns and pairs of columns: see packages/imaging/assembly/median-network.mjs.
      scratchBytes: ({ sourceStride: stride }) => 3 * ksize * (stride + 80),
      run: ({ median: run }, tile, scratch) => {
        run(...tileArguments(tile), ksize, scratch.byteOffset);
      },
    },
  };
}

/** A histogram slides along each row, and the median level is followed up and down. */
function slideHistogram(tile: Tile, ksize: number): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  const half = (ksize * ksize - 1) / 2;
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      const histogram = new Uint8Array(256);
      let level = 0;
      /** Samples of the neighbourhood that are below `level`. */
      let below = 0;
      const count = (start: number, by: 1 | -1): void => {
        for (let y = 0, at = start; y < ksize; y++, at += sourceStride) {
          const value = source[at]!;
          histogram[value]! += by;
          if (value < level) below += by;
        }
      };
      const first = row * sourceStride + channel;
      for (let x = 0; x < ksize - 1; x++) count(first + x * channels, 1);
      for (let at = channel; at < samples; at += channels) {
        const left = row * sourceStride + at;
        count(left + (ksize - 1) * channels, 1);
        while (below > half) below -= histogram[--level]!;
        while (below + histogram[level]! <= half) below += histogram[level++]!;
        target[row * targetStride + at] = level;
        count(left, -1);
      }
    }
  }
}
