import { recycle } from '../../spare-memory.ts';
import { lumaRaster, withLuma } from '../colour/luma.ts';
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
