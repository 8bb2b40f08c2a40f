import { toGray } from '../colour/grayscale.ts';
import { toDeepGray } from '../deep/deep-gray.ts';
import { deepChannelOf } from '../deep/deep-histogram.ts';
import { MOST } from '../deep/deep-raster.ts';
import { mapDeepChannels, mapDeepLevels, type DeepChange } from '../deep/deep-table.ts';
import { mapChannels, tableOf, type LevelTable } from '../level-table.ts';
import { channelOf, levelAtShare, type Histogram } from './histogram.ts';
import { histogramOperation } from './histogram-operation.ts';

/** Levels stretched over the whole range, of each colour by itself, or of all alike by the luma; alpha stays. */
export const autoLevels = histogramOperation({
  op: 'auto-levels',
  channels: (input) => input,
  counted: (input, { by }) => (by === 'luma' ? toGray(input) : input),
  apply(input, histogram, { low, high, by }) {
    const stretched = (channel: number): LevelTable => tableOf(stretch(channelOf(histogram, channel), low, high, 255));
    const first = stretched(0);
    return by === 'luma' || input.channels < 3
      ? mapChannels(input, first, first, first)
      : mapChannels(input, first, stretched(1), stretched(2));
  },
  deep: {
    counted: (input, { by }) => (by === 'luma' ? toDeepGray(input) : input),
    apply(input, histogram, { low, high, by }) {
      const stretched = (channel: number): DeepChange => stretch(deepChannelOf(histogram, channel), low, high, MOST);
      return by === 'luma' || input.channels < 3
        ? mapDeepLevels(input, stretched(0))
        : mapDeepChannels(input, stretched(0), stretched(1), stretched(2));
    },
  },
});

/**
 * What makes black the level that `low` percent of the pixels do not exceed, and white that which all but `high`
 * percent do not exceed; between them evenly, rounded half up. Where these are one level, nothing changes.
 */
function stretch(histogram: Histogram, low: number, high: number, most: number): (level: number) => number {
  const black = levelAtShare(histogram, low / 100);
  const white = levelAtShare(histogram, 1 - high / 100);
  const range = white - black;
  if (range <= 0) return (level) => level;
  return (level) => Math.floor((2 * most * (level - black) + range) / (2 * range));
}
