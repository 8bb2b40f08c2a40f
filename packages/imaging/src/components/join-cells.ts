import type { Grid, Size } from '@tessera/contracts';
import { gridColumns, gridCount, gridRegion } from '../region.ts';
import { reachOf, type Connectivity } from './connect-runs.ts';
import type { Segment, Sides } from './sides.ts';
import { unite } from './union-find.ts';

/** Border components of a cell. */
export interface BorderedCell {
  readonly sides: Sides;
  /** How many components there are. */
  readonly labels: number;
}

/** Label `l` of cell `c` is item `offsets[c] + l`; what `findRoot` finds of two items is equal where they are connected. */
export interface JoinedLabels {
  readonly offsets: Int32Array;
  readonly parents: Int32Array;
}

/** Joins the border components of neighbouring cells; with connectivity 8 the diagonal ones included. */
export function joinCells(
  cells: readonly BorderedCell[],
  grid: Grid,
  picture: Size,
  connectivity: Connectivity,
): JoinedLabels {
  const columns = gridColumns(grid, picture);
  const count = gridCount(grid, picture);
  const reach = reachOf(connectivity);
  const offsets = new Int32Array(count + 1);
  for (let cell = 0; cell < count; cell++) offsets[cell + 1] = offsets[cell]! + cells[cell]!.labels;
  const parents = new Int32Array(offsets[count]!).map((_, label) => label);

  const join = (a: number, first: readonly Segment[], b: number, second: readonly Segment[]): void => {
    let from = 0;
    for (const { start, end, label } of first) {
      while (from < second.length && second[from]!.end + reach <= start) from++;
      for (let other = from; other < second.length && second[other]!.start < end + reach; other++) {
        unite(parents, offsets[a]! + label, offsets[b]! + second[other]!.label);
      }
    }
  };
  const joinCorner = (a: number, first: Segment | undefined, b: number, second: Segment | undefined): void => {
    if (first && second) unite(parents, offsets[a]! + first.label, offsets[b]! + second.label);
  };
  const startingAt0 = (segments: readonly Segment[]): Segment | undefined => segments.find(({ start }) => start === 0);
  const endingAt = (segments: readonly Segment[], width: number): Segment | undefined =>
    segments.at(-1)?.end === width ? segments.at(-1) : undefined;

  for (let cell = 0; cell < count; cell++) {
    const { sides } = cells[cell]!;
    const { width } = gridRegion(grid, picture, cell);
    const hasRight = (cell + 1) % columns !== 0;
    const hasLeft = cell % columns !== 0;
    const below = cell + columns;
    if (hasRight) join(cell, sides.right, cell + 1, cells[cell + 1]!.sides.left);
    if (below >= count) continue;
    join(cell, sides.bottom, below, cells[below]!.sides.top);
    if (reach === 0) continue;
    if (hasRight) joinCorner(cell, endingAt(sides.bottom, width), below + 1, startingAt0(cells[below + 1]!.sides.top));
    if (hasLeft) {
      joinCorner(cell, startingAt0(sides.bottom), below - 1, endingAt(cells[below - 1]!.sides.top, grid.width));
    }
  }
  return { offsets, parents };
}
