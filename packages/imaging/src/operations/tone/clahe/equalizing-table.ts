import type { Samples } from '../../../raster.ts';
import { roundHalfEven } from '../../distribution/round-half-even.ts';

const LEVELS = 256;

/**
 * The table that spreads the levels of a tile, as OpenCV makes it: what exceeds the limit is cut off and shared out among all
 * levels, what is left of it among some that lie evenly apart; then the cumulative sum is scaled to the highest level.
 *
 * @param limit times the average that a level may count at most; 0 for no limit.
 * @param area pixels of the tile.
 */
export function equalizingTable(histogram: Float64Array, limit: number, area: number): Uint8Array {
  const table = new Uint8Array(LEVELS);
  spreadLevels(histogram, limit, area, table);
  return table;
}

/** The same for as many levels as the histogram has, written to a table. */
export function spreadLevels(histogram: Float64Array, limit: number, area: number, table: Samples): void {
  const levels = histogram.length;
  const counts = limit > 0 ? clipped(histogram, Math.max(1, Math.floor((limit * area) / levels))) : histogram;
  const scale = Math.fround(Math.fround(levels - 1) / Math.fround(area));
  let sum = 0;
  for (let level = 0; level < levels; level++) {
    sum += counts[level]!;
    table[level] = Math.min(levels - 1, roundHalfEven(Math.fround(Math.fround(sum) * scale)));
  }
}

function clipped(histogram: Float64Array, most: number): Float64Array {
  const levels = histogram.length;
  const counts = new Float64Array(levels);
  let over = 0;
  for (let level = 0; level < levels; level++) {
    const count = histogram[level]!;
    counts[level] = Math.min(count, most);
    over += count - counts[level]!;
  }
  const each = Math.floor(over / levels);
  const rest = over - each * levels;
  for (let level = 0; level < levels; level++) counts[level]! += each;
  const step = rest === 0 ? levels : Math.max(1, Math.floor(levels / rest));
  for (let n = 0; n < rest && n * step < levels; n++) counts[n * step]! += 1;
  return counts;
}
