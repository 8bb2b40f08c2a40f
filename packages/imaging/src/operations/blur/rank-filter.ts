import type { Region, Size } from '@tessera/contracts';
import { replicate } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { deepRankFilter } from '../deep/deep-rank.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { runFilter, type Filter } from '../filter.ts';
import { squareFilter } from '../morphology/square-filter.ts';
import { tileArguments } from '../tile.ts';
import { medianFilter } from './median.ts';
import { slideHistogram } from './slide-histogram.ts';

const shallow: NeighbourhoodOperation<'rank-filter'> = {
  op: 'rank-filter',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize, percentile }) =>
    filterOf(input, region, picture, ksize, rankAt(ksize, percentile)),
};

/** The level at a place of the sorted square neighbourhood, channel by channel; border pixels are repeated outwards. */
export const rankFilter = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { ksize, percentile }) =>
    runDeepFilter(input, region, picture, deepRankFilter(ksize, rankAt(ksize, percentile))),
});

export const rankAt = (ksize: number, percentile: number): number =>
  Math.round((percentile / 100) * (ksize * ksize - 1));

/** Sides up to which it is quicker to count samples than to slide histograms. */
const MOST_COUNTED = 13;

function filterOf(input: Window, region: Region, picture: Size, ksize: number, rank: number): Raster {
  const last = ksize * ksize - 1;
  if (rank === 0) return runFilter(input, region, picture, squareFilter('darkest', ksize));
  if (rank === last) return runFilter(input, region, picture, squareFilter('brightest', ksize));
  if (2 * rank === last && (ksize === 3 || ksize === 5 || ksize === 7)) {
    return runFilter(input, region, picture, medianFilter(ksize));
  }
  return runFilter(input, region, picture, rankOf(ksize, rank));
}

/** The filter of `ksize` × `ksize` samples. */
export function rankOf(ksize: number, rank: number): Filter {
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border: replicate,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      slideHistogram(tile, ksize, rank);
    },
    vector: {
      scratchBytes: ({ sourceStride }) => (ksize <= MOST_COUNTED ? 0 : 272 * sourceStride + 1024),
      run: ({ rank: runSmall, largeRank: runLarge }, tile, scratch) => {
        if (ksize <= MOST_COUNTED) runSmall(...tileArguments(tile), ksize, rank);
        else runLarge(...tileArguments(tile), ksize, rank, scratch.byteOffset);
      },
    },
  };
}
