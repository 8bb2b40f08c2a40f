import { connectRuns } from '../../../components/connect-runs.ts';
import { findRuns, type Runs } from '../../../components/runs.ts';
import type { Raster } from '../../../raster.ts';
import { STRONG } from './classify.ts';

/** The 8-connected components of a region's edge pixels, told by runs. */
export interface Components {
  readonly runs: Runs;
  /** The first run of each run's component. */
  readonly roots: Int32Array;
  /** 1 for a root whose component holds a strong pixel. */
  readonly strong: Uint8Array;
}

/** Finds the components in one walk over the pixels and time linear in them, without recursion. */
export function findComponents(classes: Raster): Components {
  const runs = findRuns(classes);
  const roots = connectRuns(runs, 8);
  const strong = new Uint8Array(roots.length);
  for (let run = 0; run < roots.length; run++) if ((runs.marks[run]! & STRONG) !== 0) strong[roots[run]!] = 1;
  return { runs, roots, strong };
}
