import { AppError } from '@tessera/runtime/app-error';
import type { Grid, Region, Size } from '@tessera/contracts';
import { bitAt, bitBytes } from '../../../components/bits.ts';
import { encodeCells, partOfCell } from '../../../components/cell-table.ts';
import type { Raster } from '../../../raster.ts';
import { labelBorder } from './border-labels.ts';
import { findComponents } from './components.ts';
import { mergeLabels } from './merge.ts';
import { decodePartial, encodePartial } from './partial.ts';

/** What the classes of a region's pixels tell of the components that touch its sides. */
export function observeEdges(classes: Raster, region: Region, picture: Size): Uint8Array {
  return encodePartial(labelBorder(findComponents(classes), region, picture));
}

/** Which border components of each cell are joined to a strong pixel anywhere, from what was observed. */
export function mergeEdges(partials: readonly Uint8Array[], grid: Grid, picture: Size): Uint8Array {
  return encodeCells(mergeLabels(partials.map(decodePartial), grid, picture));
}

/** Paints the pixels from `start` up to `end` of row `y`, counted within the region. */
export type PaintRun = (y: number, start: number, end: number) => void;

/**
 * Walks along the edges of a region, in runs of neighbouring pixels.
 *
 * @param index the region's cell.
 * @param state what `mergeEdges` made.
 * @throws AppError STORE_CORRUPT if the state is not that of these pixels.
 */
export function paintEdges(
  classes: Raster,
  region: Region,
  index: number,
  state: Uint8Array,
  picture: Size,
  paint: PaintRun,
): void {
  const components = findComponents(classes);
  const { roots } = labelBorder(components, region, picture);
  const kept = partOfCell(state, index, 'canny state');
  if (kept.length !== bitBytes(roots.length)) {
    throw new AppError('STORE_CORRUPT', { details: { what: 'canny state', cell: index, labels: roots.length } });
  }
  const keep = Uint8Array.from(components.strong);
  for (const [label, root] of roots.entries()) if (bitAt(kept, label)) keep[root] = 1;

  const { starts, ends, rows } = components.runs;
  for (let y = 0; y < region.height; y++) {
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      if (keep[components.roots[run]!] !== 0) paint(y, starts[run]!, ends[run]!);
    }
  }
}
