import { deepChannelOf } from '../deep/deep-histogram.ts';
import { MOST } from '../deep/deep-raster.ts';
import { mapDeepChannels, type DeepTable } from '../deep/deep-table.ts';
import { mapChannels, type LevelTable } from '../level-table.ts';
import { channelOf, LEVELS, type Histogram } from './histogram.ts';
import { histogramOperation } from './histogram-operation.ts';

/**
 * Colours multiplied so that red, green and blue have the same mean, that of the three (G. Buchsbaum, 1980). Sums and
 * quotients are of whole numbers of any size. Gray pictures and alpha stay.
 */
export const grayWorld = histogramOperation({
  op: 'gray-world',
  channels: (input) => input,
  apply(input, histogram) {
    if (input.channels < 3) return input;
    const sums = [0, 1, 2].map((channel) => sumOf(channelOf(histogram, channel)));
    const all = sums.reduce((sum, one) => sum + one, 0n);
    const [red, green, blue] = sums.map((sum) => gainTable(all, 3n * sum));
    return mapChannels(input, red!, green!, blue!);
  },
  deep: {
    apply(input, histogram) {
      if (input.channels < 3) return input;
      const sums = [0, 1, 2].map((channel) => sumOf(deepChannelOf(histogram, channel)));
      const all = sums.reduce((sum, one) => sum + one, 0n);
      return mapDeepChannels(input, ...sums.map((sum) => deepGainTable(all, 3n * sum)));
    },
  },
});

const sumOf = (histogram: Histogram): bigint =>
  histogram.reduce((sum, count, level) => (count === 0 ? sum : sum + BigInt(level) * BigInt(count)), 0n);

/** Each level times a quotient, rounded half up; a colour that is nowhere stays so. */
function gainTable(numerator: bigint, denominator: bigint): LevelTable {
  return Uint8Array.from({ length: LEVELS }, (_, level) => {
    if (denominator === 0n) return level;
    const value = (2n * BigInt(level) * numerator + denominator) / (2n * denominator);
    return value > 255n ? 255 : Number(value);
  });
}

/**
 * The same for 65536 levels. Each product is the one before and the same again, so that quotient and remainder are added up in
 * numbers below 2⁵³, as pictures of up to 8 gigapixels have them.
 */
function deepGainTable(numerator: bigint, denominator: bigint): DeepTable | undefined {
  if (denominator === 0n) return undefined;
  const [quotient, remainder] = [Number(numerator / denominator), Number(2n * (numerator % denominator))];
  const whole = Number(2n * denominator);
  const table = new Uint16Array(MOST + 1).fill(MOST);
  let [value, rest] = [0, whole / 2];
  for (let level = 0; level <= MOST && value < MOST; level++) {
    table[level] = value;
    value += quotient;
    rest += remainder;
    if (rest < whole) continue;
    rest -= whole;
    value++;
  }
  return table;
}
