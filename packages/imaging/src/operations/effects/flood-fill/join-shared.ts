import type { Grid, Size } from '@tessera/contracts';
import type { JoinedLabels } from '../../../components/join-cells.ts';
import type { Segment, Sides } from '../../../components/sides.ts';
import { unite } from '../../../components/union-find.ts';
import { gridColumns, gridCount, gridRegion } from '../../../region.ts';

/** Shared sides of a cell. */
export interface SharedCell {
  readonly sides: Sides;
  readonly labels: number;
}

/** Joins the components of cells that hold the same pixel. */
export function joinShared(cells: readonly SharedCell[], grid: Grid, picture: Size): JoinedLabels {
  const columns = gridColumns(grid, picture);
  const count = gridCount(grid, picture);
  const offsets = new Int32Array(count + 1);
  for (let cell = 0; cell < count; cell++) offsets[cell + 1] = offsets[cell]! + cells[cell]!.labels;
  const parents = new Int32Array(offsets[count]!).map((_, label) => label);

  // Pixel n of the first side is pixel n − shift of the second.
  const join = (a: number, first: readonly Segment[], b: number, second: readonly Segment[], shift: number): void => {
    let from = 0;
    for (const { start, end, label } of first) {
      while (from < second.length && second[from]!.end + shift <= start) from++;
      for (let other = from; other < second.length && second[other]!.start + shift < end; other++) {
        unite(parents, offsets[a]! + label, offsets[b]! + second[other]!.label);
      }
    }
  };
  for (let cell = 0; cell < count; cell++) {
    const { top, left } = cells[cell]!.sides;
    const hasLeft = cell % columns !== 0;
    const hasRight = (cell + 1) % columns !== 0 && cell + 1 < count;
    if (hasLeft) join(cell, left, cell - 1, cells[cell - 1]!.sides.right, 0);
    const above = cell - columns;
    if (above < 0) continue;
    const before = hasLeft ? 1 : 0;
    join(cell, top, above, cells[above]!.sides.bottom, before);
    if (hasLeft) join(cell, top, above - 1, cells[above - 1]!.sides.bottom, 1 - grid.width);
    if (hasRight) {
      const { width } = gridRegion(grid, picture, above);
      join(cell, top, above + 1, cells[above + 1]!.sides.bottom, before + width);
    }
  }
  return { offsets, parents };
}
