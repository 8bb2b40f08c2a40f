import type { RegionCell } from '../jobs/region-cell.ts';

/** Milliseconds of the fastest and the slowest region that took any. */
export function timesOf(cells: readonly RegionCell[]): readonly [number, number] {
  let [fastest, slowest] = [Infinity, 0];
  for (const { milliseconds } of cells) {
    if (milliseconds <= 0) continue;
    fastest = Math.min(fastest, milliseconds);
    slowest = Math.max(slowest, milliseconds);
  }
  return slowest === 0 ? [0, 0] : [fastest, slowest];
}
