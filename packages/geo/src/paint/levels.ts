import type { Samples } from '../raster/sample-type.ts';
import type { ValueRange } from './value-range.ts';

/** Values of samples of 8 and 16 bits are fewer than the samples of most blocks. */
const VALUES_OF_16_BITS = 65_536;

/**
 * Levels 0 to 255 of samples: `floor((sample - low) * (255 / (high - low)) + 0.5)` in double precision, and not beyond
 * the ends. NaN is 0. Where `low` equals `high` samples below are 0, above 255, and those of that value 128.
 */
export function toLevels(samples: Samples, range: ValueRange): Uint8Array<ArrayBuffer> {
  const levels = new Uint8Array(samples.length);
  if (samples.BYTES_PER_ELEMENT <= 2 && samples.length > VALUES_OF_16_BITS) {
    const table = levelTable(samples, range);
    const mask = VALUES_OF_16_BITS - 1;
    for (let i = 0; i < levels.length; i++) levels[i] = table[samples[i]! & mask]!;
  } else fillLevels(samples, range, levels);
  return levels;
}

/** The level of each value of at most 16 bits, at its lower 16 bits. */
function levelTable(samples: Samples, range: ValueRange): Uint8Array {
  const values = new (samples instanceof Int16Array || samples instanceof Int8Array ? Int16Array : Uint16Array)(
    VALUES_OF_16_BITS,
  );
  for (let i = 0; i < values.length; i++) values[i] = i;
  const table = new Uint8Array(VALUES_OF_16_BITS);
  fillLevels(values, range, table);
  return table;
}

function fillLevels(samples: Samples, { low, high }: ValueRange, levels: Uint8Array): void {
  const factor = high > low ? 255 / (high - low) : 0;
  for (let i = 0; i < levels.length; i++) {
    const sample = samples[i]!;
    if (factor === 0) levels[i] = sample < low ? 0 : sample > high ? 255 : sample === low ? 128 : 0;
    else {
      const level = (sample - low) * factor + 0.5;
      levels[i] = level >= 255 ? 255 : level > 0 ? level : 0;
    }
  }
}
