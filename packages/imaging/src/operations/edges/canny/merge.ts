import type { Grid, Size } from '@tessera/contracts';
import { gridColumns, gridCount, gridRegion } from '../../../region.ts';
import type { BorderLabels, Segment } from './border-labels.ts';
import { packBits } from './bits.ts';
import { findRoot, unite } from './union-find.ts';

/**
 * Joins the border components of neighbouring cells, the diagonal ones included, and tells for each whether a strong
 * pixel is connected to it anywhere in the picture: of each cell, one bit a label.
 */
export function mergeLabels(cells: readonly BorderLabels[], grid: Grid, picture: Size): Uint8Array[] {
  const columns = gridColumns(grid, picture);
  const count = gridCount(grid, picture);
  const offsets = new Int32Array(count + 1);
  for (let cell = 0; cell < count; cell++) offsets[cell + 1] = offsets[cell]! + cells[cell]!.strong.length;
  const parents = new Int32Array(offsets[count]!).map((_, label) => label);

  const join = (a: number, first: readonly Segment[], b: number, second: readonly Segment[]): void => {
    let from = 0;
    for (const { start, end, label } of first) {
      while (from < second.length && second[from]!.end < start) from++;
      for (let other = from; other < second.length && second[other]!.start <= end; other++) {
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
    if (hasRight) joinCorner(cell, endingAt(sides.bottom, width), below + 1, startingAt0(cells[below + 1]!.sides.top));
    if (hasLeft) {
      joinCorner(cell, startingAt0(sides.bottom), below - 1, endingAt(cells[below - 1]!.sides.top, grid.width));
    }
  }

  const strong = new Uint8Array(parents.length);
  for (let cell = 0; cell < count; cell++) {
    for (const [label, flag] of cells[cell]!.strong.entries()) {
      if (flag !== 0) strong[findRoot(parents, offsets[cell]! + label)] = 1;
    }
  }
  for (let label = 0; label < parents.length; label++) strong[label] = strong[findRoot(parents, label)]!;
  return cells.map((_, cell) => packBits(strong.subarray(offsets[cell], offsets[cell + 1])));
}
