import { replicate } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { deepRankFilter } from '../deep/deep-rank.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { runScalar, type ScalarFilter } from '../filter.ts';
import { slideHistogram } from './slide-histogram.ts';

const shallow: NeighbourhoodOperation<'rank-filter'> = {
  op: 'rank-filter',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize, percentile }) =>
    runScalar(input, region, picture, rankOf(ksize, percentile)),
};

/** The level at a place of the sorted square neighbourhood, channel by channel; border pixels are repeated outwards. */
export const rankFilter = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { ksize, percentile }) =>
    runDeepFilter(input, region, picture, deepRankFilter(ksize, rankAt(ksize, percentile))),
});

const rankAt = (ksize: number, percentile: number): number => Math.round((percentile / 100) * (ksize * ksize - 1));

function rankOf(ksize: number, percentile: number): ScalarFilter {
  const halo = (ksize - 1) / 2;
  const rank = rankAt(ksize, percentile);
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
