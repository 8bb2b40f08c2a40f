import { encodeCells, partOfCell } from '../../../components/cell-table.ts';
import { ByteReader, pushSigned, pushVarint } from '../../../components/varint.ts';
import { pushMeasures, readMeasures } from './measures.ts';
import type { CellNumbers, Merged, Numbered } from './merge-objects.ts';

const WHAT = 'state of connected components';

/**
 * Layout: a part for each cell, and at last one for the report. A cell's: rows and what each skips, labels and the number
 * of each, less that of the one before. The report's: objects, pixels, how many are listed, these. All as varints.
 */
export function encodeState({ cells, count, pixels, largest }: Merged): Uint8Array {
  const report: number[] = [];
  for (const value of [count, pixels, largest.length]) pushVarint(report, value);
  for (const object of largest) {
    pushVarint(report, object.number);
    pushMeasures(report, object);
  }
  return encodeCells([...cells.map(encodeCell), Uint8Array.from(report)]);
}

function encodeCell({ skipped, open }: CellNumbers): Uint8Array {
  const bytes: number[] = [];
  pushVarint(bytes, skipped.length);
  for (const skip of skipped) pushVarint(bytes, skip);
  pushVarint(bytes, open.length);
  for (const [label, number] of open.entries()) pushSigned(bytes, number - (open[label - 1] ?? 0));
  return Uint8Array.from(bytes);
}

/**
 * What a cell needs.
 *
 * @throws AppError STORE_CORRUPT if the bytes are no state, or of a picture without that cell.
 */
export function readCell(state: Uint8Array, cell: number): CellNumbers {
  const reader = new ByteReader(partOfCell(state, cell, WHAT), WHAT);
  const skipped = Array.from({ length: reader.count() }, () => reader.varint());
  let number = 0;
  const open = Array.from({ length: reader.count() }, () => (number += reader.signed()));
  reader.end();
  return { skipped, open };
}

/**
 * What is told of the whole picture.
 *
 * @throws AppError STORE_CORRUPT if the bytes are no state.
 */
export function readSummary(state: Uint8Array): Omit<Merged, 'cells'> {
  const cells = new ByteReader(state, WHAT).take(4);
  const last = new DataView(cells.buffer, cells.byteOffset, 4).getUint32(0, true) - 1;
  const reader = new ByteReader(partOfCell(state, last, WHAT), WHAT);
  const [count, pixels] = [reader.varint(), reader.varint()];
  const largest = Array.from({ length: reader.count(8) }, (): Numbered => {
    const number = reader.varint();
    return { ...readMeasures(reader), number };
  });
  reader.end();
  return { count, pixels, largest };
}
