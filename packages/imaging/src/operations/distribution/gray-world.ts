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
});

const sumOf = (histogram: Histogram): bigint =>
  histogram.reduce((sum, count, level) => sum + BigInt(level) * BigInt(count), 0n);

/** Each level times a quotient, rounded half up; a colour that is nowhere stays so. */
function gainTable(numerator: bigint, denominator: bigint): LevelTable {
  return Uint8Array.from({ length: LEVELS }, (_, level) => {
    if (denominator === 0n) return level;
    const value = (2n * BigInt(level) * numerator + denominator) / (2n * denominator);
    return value > 255n ? 255 : Number(value);
  });
}
