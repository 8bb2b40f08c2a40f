import { recycle } from '../../spare-memory.ts';
import { lumaRaster, withLuma } from '../colour/luma.ts';
import { deepChannelOf } from '../deep/deep-histogram.ts';
import { deepLuma, withDeepLuma } from '../deep/deep-luma.ts';
import { MOST } from '../deep/deep-raster.ts';
import { mapDeepChannels, mapDeepLevels, type DeepTable } from '../deep/deep-table.ts';
import { mapChannels, mapLevels, type LevelTable } from '../level-table.ts';
import { channelOf, LEVELS, totalOf, type Histogram } from './histogram.ts';
import { histogramOperation } from './histogram-operation.ts';
import { roundHalfEven } from './round-half-even.ts';

/**
 * Equalized levels, as OpenCV's `equalizeHist`: of gray pictures, of the luma of colours, which keeps their hues, or of each
 * colour. Alpha stays.
 */
export const equalizeHistogram = histogramOperation({
  op: 'equalize-histogram',
  channels: (input) => input,
  counted: (input, { by }) => (by === 'luma' ? lumaRaster(input) : input),
  apply(input, histogram, { by }) {
    if (input.channels < 3) {
      const table = equalizedTable(channelOf(histogram, 0));
      return mapChannels(input, table, table, table);
    }
    if (by === 'luma') {
      const table = equalizedTable(channelOf(histogram, 0));
      const luma = lumaRaster(input);
      const levels = mapLevels(luma, table);
      const made = withLuma(input, levels.data);
      recycle(luma, levels);
      recycle(levels);
      return made;
    }
    const [red, green, blue] = [0, 1, 2].map((channel) => equalizedTable(channelOf(histogram, channel)));
    return mapChannels(input, red!, green!, blue!);
  },
  deep: {
    counted: (input, { by }) => (by === 'luma' ? deepLuma(input) : input),
    apply(input, histogram, { by }) {
      const table = (channel: number): DeepTable => deepTableOf(deepChannelOf(histogram, channel));
      if (input.channels < 3) return mapDeepLevels(input, table(0));
      if (by === 'luma') return withDeepLuma(input, mapDeepLevels(deepLuma(input), table(0)).data);
      return mapDeepChannels(input, table(0), table(1), table(2));
    },
  },
});

/**
 * The table of levels that spreads a histogram: each becomes its place among all pixels but those of the darkest level, in
 * numbers of 32 bits, halves to even, as OpenCV has it. A picture of one level stays.
 */
function equalizedTable(histogram: Histogram): LevelTable {
  const table = new Uint8Array(LEVELS);
  const darkest = histogram.findIndex((count) => count > 0);
  const rest = totalOf(histogram) - histogram[darkest]!;
  if (rest === 0) return table.fill(darkest);
  const scale = Math.fround(255 / Math.fround(rest));
  let sum = 0;
  for (let level = darkest + 1; level < LEVELS; level++) {
    sum += histogram[level]!;
    table[level] = Math.min(255, roundHalfEven(Math.fround(Math.fround(sum) * scale)));
  }
  return table;
}

/** The same for 65536 levels, in whole numbers, halves up: OpenCV has none. */
function deepTableOf(histogram: Histogram): DeepTable {
  const table = new Uint16Array(MOST + 1);
  const darkest = histogram.findIndex((count) => count > 0);
  const rest = totalOf(histogram) - histogram[darkest]!;
  if (rest === 0) return table.fill(darkest);
  let sum = 0;
  for (let level = darkest + 1; level <= MOST; level++) {
    sum += histogram[level]!;
    table[level] = Math.floor((2 * MOST * sum + rest) / (2 * rest));
  }
  return table;
}
