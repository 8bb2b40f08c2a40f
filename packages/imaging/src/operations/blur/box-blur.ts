import { reflect101, type BorderRule } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepBoxFilter } from '../deep/deep-box.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { runFilter, type Filter } from '../filter.ts';
import { tileArguments, type Tile } from '../tile.ts';

const shallow: NeighbourhoodOperation<'box-blur'> = {
  op: 'box-blur',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize }) => runFilter(input, region, picture, boxFilter(ksize)),
};

/** The mean of a square, mirrored borders; for odd sides it is never half-way between two levels. */
export const boxBlur = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { ksize }) => runDeepFilter(input, region, picture, deepBoxFilter(ksize)),
});

/** The filter of an odd side, at most 127. */
export function boxFilter(ksize: number, border: BorderRule = reflect101): Filter {
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 6144,
    scalar: (tile) => {
      slideSums(tile, ksize);
    },
    vector: {
      scratchBytes: ({ sourceStride: stride }) => 6 * (stride + 16),
      run: ({ boxBlur: run }, tile, scratch) => {
        run(...tileArguments(tile), ksize, scratch.byteOffset);
      },
    },
  };
}

/** Sums of columns slide down, and their sum slides along each row. */
function slideSums(tile: Tile, ksize: number): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  const wide = samples + (ksize - 1) * channels;
  const columns = new Int32Array(wide);
  for (let row = 0; row < ksize - 1; row++) {
    const at = row * sourceStride;
    for (let i = 0; i < wide; i++) columns[i] = columns[i]! + source[at + i]!;
  }
  const area = ksize * ksize;
  const half = (area - 1) / 2;
  for (let row = 0; row < rows; row++) {
    const enters = (row + ksize - 1) * sourceStride;
    for (let i = 0; i < wide; i++) columns[i] = columns[i]! + source[enters + i]!;
    const to = row * targetStride;
    for (let channel = 0; channel < channels; channel++) {
      let sum = half;
      for (let tap = 0; tap < ksize - 1; tap++) sum += columns[channel + tap * channels]!;
      for (let i = channel, next = channel + (ksize - 1) * channels; i < samples; i += channels, next += channels) {
        sum += columns[next]!;
        target[to + i] = Math.floor(sum / area);
        sum -= columns[i]!;
      }
    }
    const leaves = row * sourceStride;
    for (let i = 0; i < wide; i++) columns[i] = columns[i]! - source[leaves + i]!;
  }
}
