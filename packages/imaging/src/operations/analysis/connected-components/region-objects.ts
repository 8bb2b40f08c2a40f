import type { OperationParams, Region, Size } from '@tessera/contracts';
import { connectRuns } from '../../../components/connect-runs.ts';
import { findRuns, type Runs } from '../../../components/runs.ts';
import { labelSides, type Sides } from '../../../components/sides.ts';
import type { Raster } from '../../../raster.ts';

/** The objects of one region, numbered from 0 in the raster order of their first pixels in it. */
export interface RegionObjects {
  readonly runs: Runs;
  /** By run, its object. */
  readonly objects: Int32Array;
  /** Objects that begin in row `y` are those from `rows[y]` to `rows[y + 1] − 1`. */
  readonly rows: Int32Array;
  /** By object, the column of its first pixel, and its pixels in the region. */
  readonly columns: Int32Array;
  readonly areas: Int32Array;
  readonly sides: Sides;
  /** By label of a side, the object. Such objects are open: they may go on in other regions. */
  readonly open: readonly number[];
}

/** Finds the objects of a region, whose pixels are those of a mask that are not 0. */
export function findObjects(
  mask: Raster,
  region: Region,
  picture: Size,
  { connectivity }: Pick<OperationParams<'connected-components'>, 'connectivity'>,
): RegionObjects {
  const runs = findRuns(mask);
  const objects = connectRuns(runs, connectivity);
  const count = numberInPlace(objects);
  const rows = new Int32Array(region.height + 1);
  const columns = new Int32Array(count);
  const areas = new Int32Array(count);
  let next = 0;
  for (let y = 0; y < region.height; y++) {
    rows[y] = next;
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      const object = objects[run]!;
      if (object === next) columns[next++] = runs.starts[run]!;
      areas[object] = areas[object]! + runs.ends[run]! - runs.starts[run]!;
    }
  }
  rows[region.height] = next;
  const { sides, components } = labelSides(runs, objects, region, picture);
  return { runs, objects, rows, columns, areas, sides, open: components };
}

/** Makes numbers of root runs: a root is the first run of its object, so all that it stands for come after it. */
function numberInPlace(roots: Int32Array): number {
  let count = 0;
  for (let run = 0; run < roots.length; run++) roots[run] = roots[run] === run ? count++ : roots[roots[run]!]!;
  return count;
}

/** Tells of each object its label if it is open, else −1. */
export function labelsOf({ open, areas }: RegionObjects): Int32Array {
  const labels = new Int32Array(areas.length).fill(-1);
  for (const [label, object] of open.entries()) labels[object] = label;
  return labels;
}
