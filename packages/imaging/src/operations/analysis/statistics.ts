import type { ChannelStatistics } from '@tessera/contracts';
import type { GlobalOperation } from '../../operation.ts';
import { hasAlpha } from '../../raster.ts';
import {
  channelOf,
  histogramOf,
  levelAtShare,
  LEVELS,
  mergeHistograms,
  pixelsOf,
  totalOf,
  type Histogram,
} from '../distribution/histogram.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';

const PERCENTS = [1, 5, 25, 75, 95, 99] as const;
const NAMES = ['red', 'green', 'blue'] as const;

/** Leaves the pixels as they are; what it finds out is in its report. */
export const statistics: GlobalOperation<'statistics'> = {
  op: 'statistics',
  kind: 'global',
  channels: (input) => input,
  halo: () => 0,
  observe: (input, region) => encodeNumbers(histogramOf(pixelsOf(input, region))),
  merge: mergeHistograms,
  apply: (input, region) => pixelsOf(input, region),
  report(state, { width, height }) {
    const histogram = decodeNumbers(state, 'histogram');
    const channels = histogram.length / LEVELS;
    const colours = hasAlpha(channels) ? channels - 1 : channels;
    const names = colours === 1 ? (['gray'] as const) : NAMES;
    return {
      op: 'statistics',
      width,
      height,
      pixels: width * height,
      channels: names.map((name, channel) => statisticsOf(name, channelOf(histogram, channel))),
      ...(hasAlpha(channels) ? { alpha: statisticsOf('alpha', channelOf(histogram, colours)) } : {}),
    };
  },
};

function statisticsOf(channel: ChannelStatistics['channel'], histogram: Histogram): ChannelStatistics {
  return {
    channel,
    histogram: [...histogram],
    min: histogram.findIndex((count) => count > 0),
    max: histogram.findLastIndex((count) => count > 0),
    ...moments(histogram),
    median: levelAtShare(histogram, 0.5),
    percentiles: PERCENTS.map((percent) => ({ percent, level: levelAtShare(histogram, percent / 100) })),
  };
}

/** Mean and deviation, from sums without any rounding: squares of gigapixels exceed what a floating point number holds. */
function moments(histogram: Histogram): Pick<ChannelStatistics, 'mean' | 'deviation'> {
  const count = BigInt(totalOf(histogram));
  let [sum, squares] = [0n, 0n];
  for (const [level, pixels] of histogram.entries()) {
    sum += BigInt(level) * BigInt(pixels);
    squares += BigInt(level * level) * BigInt(pixels);
  }
  const variance = Number(count * squares - sum * sum) / Number(count * count);
  return { mean: Number(sum) / Number(count), deviation: Math.sqrt(variance) };
}
