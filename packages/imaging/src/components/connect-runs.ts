import type { Runs } from './runs.ts';
import { findRoot, unite } from './union-find.ts';

/** Whether pixels that meet at a corner only are connected (8) or not (4). */
export type Connectivity = 4 | 8;

/** Pixels beyond its ends that a run touches in the rows beside it. */
export function reachOf(connectivity: Connectivity): 0 | 1 {
  return connectivity === 8 ? 1 : 0;
}

/**
 * Of each run the first run of its component, in time linear in the runs and without recursion. That run begins with the
 * component's first pixel in raster order.
 */
export function connectRuns({ starts, ends, rows }: Runs, connectivity: Connectivity): Int32Array {
  const reach = reachOf(connectivity);
  const roots = new Int32Array(starts.length);
  for (let run = 0; run < roots.length; run++) roots[run] = run;
  for (let y = 1; y < rows.length - 1; y++) {
    let above = rows[y - 1]!;
    const aboveEnd = rows[y]!;
    for (let run = aboveEnd; run < rows[y + 1]!; run++) {
      while (above < aboveEnd && ends[above]! + reach <= starts[run]!) above++;
      for (let other = above; other < aboveEnd && starts[other]! < ends[run]! + reach; other++)
        unite(roots, other, run);
    }
  }
  for (let run = 0; run < roots.length; run++) roots[run] = findRoot(roots, run);
  return roots;
}
