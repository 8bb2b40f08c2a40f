import { replicate } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { runScalar, type ScalarFilter } from '../filter.ts';
import { slideHistogram } from './slide-histogram.ts';

/** The level at a place of the sorted square neighbourhood, channel by channel; border pixels are repeated outwards. */
export const rankFilter: NeighbourhoodOperation<'rank-filter'> = {
  op: 'rank-filter',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize, percentile }) =>
    runScalar(input, region, picture, rankOf(ksize, percentile)),
};

function rankOf(ksize: number, percentile: number): ScalarFilter {
  const halo = (ksize - 1) / 2;
  const rank = Math.round((percentile / 100) * (ksize * ksize - 1));
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border: replicate,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      slideHistogram(tile, ksize, rank);
    },
  };
}
