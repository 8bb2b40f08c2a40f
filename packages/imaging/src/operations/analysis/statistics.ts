import type { ChannelStatistics, Size, StatisticsReport } from '@tessera/contracts';
import type { GlobalOperation } from '../../operation.ts';
import { hasAlpha } from '../../raster.ts';
import {
  histogramOf,
  levelAtShare,
  LEVELS,
  mergeHistograms,
  pixelsOf,
  totalOf,
  type Histogram,
} from '../distribution/histogram.ts';
import {
  decodeDeepHistogram,
  DEEP_LEVELS,
  deepHistogramOf,
  encodeDeepHistogram,
  mergeDeepHistograms,
} from '../deep/deep-histogram.ts';
import { globalInBoth } from '../deep/global-in-both.ts';
import { decodeNumbers, encodeNumbers } from '../numbers.ts';

const PERCENTS = [1, 5, 25, 75, 95, 99] as const;
const NAMES = ['red', 'green', 'blue'] as const;

const shallow: GlobalOperation<'statistics'> = {
  op: 'statistics',
  kind: 'global',
  channels: (input) => input,
  halo: () => 0,
  observe: (input, region) => encodeNumbers(histogramOf(pixelsOf(input, region))),
  merge: mergeHistograms,
  apply: (input, region) => pixelsOf(input, region),
  report: (state, picture) => reportOf(decodeNumbers(state, 'histogram'), LEVELS, picture),
};

/** Leaves the pixels as they are; what it finds out is in its report. */
export const statistics = globalInBoth(shallow, {
  observe: (input, region) => encodeDeepHistogram(deepHistogramOf(pixelsOf(input, region))),
  merge: mergeDeepHistograms,
  apply: (input, region) => pixelsOf(input, region),
  report: (state, picture) => ({ ...reportOf(decodeDeepHistogram(state), DEEP_LEVELS, picture), depth: 16 }),
});

function reportOf(histogram: Histogram, levels: number, { width, height }: Size): StatisticsReport {
  const channels = histogram.length / levels;
  const colours = hasAlpha(channels) ? channels - 1 : channels;
  const names = colours === 1 ? (['gray'] as const) : NAMES;
  const channel = (n: number): Histogram => histogram.subarray(n * levels, (n + 1) * levels);
  return {
    op: 'statistics',
    width,
    height,
    pixels: width * height,
    channels: names.map((name, n) => statisticsOf(name, channel(n))),
    ...(hasAlpha(channels) ? { alpha: statisticsOf('alpha', channel(colours)) } : {}),
  };
}

function statisticsOf(channel: ChannelStatistics['channel'], histogram: Histogram): ChannelStatistics {
  return {
    channel,
    histogram: binsOf(histogram),
    min: histogram.findIndex((count) => count > 0),
    max: histogram.findLastIndex((count) => count > 0),
    ...moments(histogram),
    median: levelAtShare(histogram, 0.5),
    percentiles: PERCENTS.map((percent) => ({ percent, level: levelAtShare(histogram, percent / 100) })),
  };
}

/** 256 counts: of each level, or of so many neighbouring ones. */
function binsOf(histogram: Histogram): number[] {
  const each = histogram.length / LEVELS;
  return Array.from({ length: LEVELS }, (_, bin) => totalOf(histogram.subarray(bin * each, (bin + 1) * each)));
}

/** Mean and deviation, from sums without any rounding: squares of gigapixels exceed what a floating point number holds. */
function moments(histogram: Histogram): Pick<ChannelStatistics, 'mean' | 'deviation'> {
  const count = BigInt(totalOf(histogram));
  let [sum, squares] = [0n, 0n];
  for (const [level, pixels] of histogram.entries()) {
    if (pixels === 0) continue;
    sum += BigInt(level) * BigInt(pixels);
    squares += BigInt(level * level) * BigInt(pixels);
  }
  const variance = Number(count * squares - sum * sum) / Number(count * count);
  return { mean: Number(sum) / Number(count), deviation: Math.sqrt(variance) };
}
