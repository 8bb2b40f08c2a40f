import { encodeCells, partOfCell } from '../../../components/cell-table.ts';
import type { Colour } from './links.ts';

const WHAT = 'flood-fill state';

/**
 * What a filling has to know: the colours that it goes by, and, once all regions were looked at, what it fills of each cell.
 * A state without cells is that of the first round.
 */
export interface FillState {
  /** Of each filling the colour that pixels have to be like; none where neighbours are compared. */
  readonly colours: readonly Colour[];
  /** By filling and cell, one bit a label, set if it is filled. */
  readonly filled: readonly (readonly Uint8Array[])[];
}

/** Layout: tables of parts. The first is that of the colours, two bytes a level, then comes one of cells for each filling. */
export function encodeFillState({ colours, filled }: FillState): Uint8Array {
  const written = encodeCells(
    colours.map((colour) => Uint8Array.from(colour.flatMap((level) => [level & 255, level >> 8]))),
  );
  return encodeCells([written, ...filled.map((cells) => encodeCells(cells))]);
}

/** The colours. */
export function coloursOf(state: Uint8Array): readonly Colour[] {
  const table = partOfCell(state, 0, WHAT);
  return Array.from({ length: countOf(table) }, (_, n) => {
    const bytes = partOfCell(table, n, WHAT);
    return Array.from(
      { length: bytes.length / 2 },
      (__, channel) => bytes[2 * channel]! + 256 * bytes[2 * channel + 1]!,
    );
  });
}

/** Which labels of a cell a filling fills, as bits. */
export function filledOf(state: Uint8Array, filling: number, cell: number): Uint8Array {
  return partOfCell(partOfCell(state, filling + 1, WHAT), cell, WHAT);
}

/** Parts of a table; one that is no table has none. */
function countOf(table: Uint8Array): number {
  if (table.length < 4) return 0;
  const count = new DataView(table.buffer, table.byteOffset, table.byteLength).getUint32(0, true);
  return Math.min(count, Math.floor(table.length / 4));
}
