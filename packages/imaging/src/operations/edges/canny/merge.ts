import type { Grid, Size } from '@tessera/contracts';
import { packBits } from '../../../components/bits.ts';
import { joinCells } from '../../../components/join-cells.ts';
import { findRoot } from '../../../components/union-find.ts';
import type { BorderLabels } from './border-labels.ts';

/**
 * Joins the border components of neighbouring cells, the diagonal ones included, and tells for each whether a strong
 * pixel is connected to it anywhere in the picture: of each cell, one bit a label.
 */
export function mergeLabels(cells: readonly BorderLabels[], grid: Grid, picture: Size): Uint8Array[] {
  const { offsets, parents } = joinCells(
    cells.map(({ sides, strong }) => ({ sides, labels: strong.length })),
    grid,
    picture,
    8,
  );
  const strong = new Uint8Array(parents.length);
  for (const [cell, { strong: flags }] of cells.entries()) {
    for (const [label, flag] of flags.entries()) {
      if (flag !== 0) strong[findRoot(parents, offsets[cell]! + label)] = 1;
    }
  }
  for (let label = 0; label < parents.length; label++) strong[label] = strong[findRoot(parents, label)]!;
  return cells.map((_, cell) => packBits(strong.subarray(offsets[cell], offsets[cell + 1])));
}
