import { roundHalfEven } from '../../distribution/round-half-even.ts';

const LEVELS = 256;

/**
 * The table that spreads the levels of a tile, as OpenCV makes it: what exceeds the limit is cut off and shared out among all
 * levels, what is left of it among some that lie evenly apart; then the cumulative sum is scaled to 255.
 *
 * @param limit times the average that a level may count at most; 0 for no limit.
 * @param area pixels of the tile.
 */
export function equalizingTable(histogram: Float64Array, limit: number, area: number): Uint8Array {
  const counts = limit > 0 ? clipped(histogram, Math.max(1, Math.floor((limit * area) / LEVELS))) : histogram;
  const scale = Math.fround(Math.fround(LEVELS - 1) / Math.fround(area));
  const table = new Uint8Array(LEVELS);
  let sum = 0;
  for (let level = 0; level < LEVELS; level++) {
    sum += counts[level]!;
    table[level] = Math.min(255, roundHalfEven(Math.fround(Math.fround(sum) * scale)));
  }
  return table;
}

function clipped(histogram: Float64Array, most: number): Float64Array {
  const counts = histogram.map((count) => Math.min(count, most));
  const over = histogram.reduce((sum, count) => sum + Math.max(0, count - most), 0);
  const each = Math.floor(over / LEVELS);
  const rest = over - each * LEVELS;
  for (let level = 0; level < LEVELS; level++) counts[level]! += each;
  const step = rest === 0 ? LEVELS : Math.max(1, Math.floor(LEVELS / rest));
  for (let n = 0; n < rest && n * step < LEVELS; n++) counts[n * step]! += 1;
  return counts;
}
