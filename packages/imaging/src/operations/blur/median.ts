import { replicate } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { deepRankFilter } from '../deep/deep-rank.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { runFilter, type Filter } from '../filter.ts';
import { tileArguments } from '../tile.ts';
import { slideHistogram } from './slide-histogram.ts';

const shallow: NeighbourhoodOperation<'median'> = {
  op: 'median',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize }) => runFilter(input, region, picture, medianFilter(ksize)),
};

/** The median of each sample's square neighbourhood, channel by channel; border pixels are repeated outwards. */
export const median = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { ksize }) =>
    runDeepFilter(input, region, picture, deepRankFilter(ksize, (ksize * ksize - 1) / 2)),
});

/** The filter of `ksize` × `ksize` samples. */
export function medianFilter(ksize: 3 | 5 | 7): Filter {
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border: replicate,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 6144,
    scalar: (tile) => {
      slideHistogram(tile, ksize, (ksize * ksize - 1) / 2);
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
