import { colourChannels } from '../../raster.ts';
import { mapLevels, type LevelTable } from '../level-table.ts';
import { LEVELS } from './histogram.ts';
import { histogramOperation } from './histogram-operation.ts';
import { roundHalfEven } from './round-half-even.ts';

/**
 * Levels of all colours together brought from their range to another, as OpenCV's `normalize` with NORM_MINMAX: in numbers
 * of 32 bits, halves to even. A picture of one level takes the lower end. Alpha stays.
 */
export const normalize = histogramOperation({
  op: 'normalize',
  channels: (input) => input,
  apply(input, histogram, { darkest, brightest }) {
    const counts = histogram.subarray(0, colourChannels(input.channels) * LEVELS);
    const levels = [...counts.keys()].filter((at) => counts[at]! > 0).map((at) => at % LEVELS);
    return mapLevels(input, rangeTable([Math.min(...levels), Math.max(...levels)], [darkest, brightest]));
  },
});

type Range = readonly [number, number];

function rangeTable([from, to]: Range, ends: Range): LevelTable {
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const scale = to > from ? (high - low) / (to - from) : 0;
  const shift = low - from * scale;
  const [scale32, shift32] = [Math.fround(scale), Math.fround(shift)];
  return Uint8Array.from({ length: LEVELS }, (_, level) =>
    Math.min(255, Math.max(0, roundHalfEven(Math.fround(level * scale32 + shift32)))),
  );
}
