import { constants, deflateRawSync } from 'node:zlib';
import type { Raster } from '@tessera/imaging';
import { EMPTY_ADLER, type Adler32 } from '../adler32.ts';
import { loadKernel, PIECE_BYTES, type Kernel } from '../kernel/kernel.ts';
import { chooseCoding } from './choose-coding.ts';
import { filterRow, type Filter } from './filter.ts';

export interface CompressedRows {
  /** Raw deflate data one after another, byte-aligned at the end, no block marked as last. */
  readonly deflated: readonly Uint8Array[];
  /** Adler-32 of the filtered rows. */
  readonly adler: Adler32;
}

/** Filters and deflates a band of rows; the first row does not look at the row above. */
export function compressRows(raster: Raster): CompressedRows {
  const kernel = loadKernel();
  const coding = chooseCoding(raster);
  const deflated: Uint8Array[] = [];
  let adler = EMPTY_ADLER;
  for (const length of filteredPieces(kernel, raster, coding.filter)) {
    adler = kernel.appendAdler32(adler, length);
    deflated.push(coding.matches ? deflateMatches(kernel.piece(length)) : kernel.deflate(length));
  }
  return { deflated, adler };
}

/** Puts the filtered rows into the kernel piece by piece and gives each one's length. */
function* filteredPieces(kernel: Kernel, raster: Raster, filter: Filter): Generator<number> {
  const { width, height, channels } = raster;
  const line = new Uint8Array(1 + width * channels);
  const rows = Math.floor(PIECE_BYTES / line.length);
  // The first row is a case of its own, and so is every row that is longer than a piece.
  const oneByOne = rows === 0 ? height : 1;
  for (let row = 0; row < oneByOne; row += 1) {
    filterRow(raster, row, filter, line);
    for (let start = 0; start < line.length; start += PIECE_BYTES) {
      yield kernel.place(line.subarray(start, start + PIECE_BYTES));
    }
  }
  for (let row = oneByOne; row < height; row += rows) {
    yield kernel.filterRows(raster, row, Math.min(row + rows, height), filter);
  }
}

function deflateMatches(lines: Uint8Array): Uint8Array {
  return deflateRawSync(lines, { level: 1, finishFlush: constants.Z_SYNC_FLUSH, chunkSize: PIECE_BYTES });
}
