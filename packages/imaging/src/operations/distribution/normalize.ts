import { colourChannels } from '../../raster.ts';
import { DEEP_LEVELS } from '../deep/deep-histogram.ts';
import { PER_LEVEL } from '../deep/deep-raster.ts';
import { mapDeepLevels, type DeepChange } from '../deep/deep-table.ts';
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
  deep: {
    apply(input, histogram, { darkest, brightest }) {
      const counts = histogram.subarray(0, colourChannels(input.channels) * DEEP_LEVELS);
      let [least, most] = [DEEP_LEVELS, 0];
      for (let at = 0; at < counts.length; at++) {
        if (counts[at] === 0) continue;
        least = Math.min(least, at % DEEP_LEVELS);
        most = Math.max(most, at % DEEP_LEVELS);
      }
      return mapDeepLevels(input, deepRange([least, most], [darkest * PER_LEVEL, brightest * PER_LEVEL]));
    },
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

/** The same for 65536 levels in whole numbers, halves up: numbers of 32 bits would be off by a level now and then. */
function deepRange([from, to]: Range, ends: Range): DeepChange {
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const range = Math.max(1, to - from);
  return (level) => low + Math.floor((2 * (level - from) * (high - low) + range) / (2 * range));
}
