import { constants, deflateRawSync } from 'node:zlib';
import type { Raster } from '@tessera/imaging';
import { appendAdler32, EMPTY_ADLER, type Adler32 } from '../adler32.ts';
import { chooseCoding } from './choose-coding.ts';
import { filterRows } from './filter.ts';

/** Filtered bytes that are compressed at a time: they stay in the processor's cache between filter and deflate. */
const BATCH_BYTES = 1 << 20;

export interface CompressedRows {
  /** Raw deflate data one after another, byte-aligned at the end, no block marked as last. */
  readonly deflated: readonly Uint8Array[];
  /** Adler-32 of the filtered rows. */
  readonly adler: Adler32;
}

/** Filters and deflates a band of rows; the first row does not look at the row above. */
export function compressRows(raster: Raster): CompressedRows {
  const coding = chooseCoding(raster);
  const lineBytes = 1 + raster.width * raster.channels;
  const batchRows = Math.max(1, Math.floor(BATCH_BYTES / lineBytes));
  const filtered = new Uint8Array(Math.min(batchRows, raster.height) * lineBytes);
  const deflated: Uint8Array[] = [];
  let adler = EMPTY_ADLER;
  for (let row = 0; row < raster.height; row += batchRows) {
    const length = filterRows(raster, row, Math.min(row + batchRows, raster.height), coding.filter, filtered);
    const lines = filtered.subarray(0, length);
    adler = appendAdler32(adler, lines);
    deflated.push(
      deflateRawSync(lines, {
        level: coding.level,
        strategy: coding.strategy,
        finishFlush: constants.Z_SYNC_FLUSH,
        // One output buffer, however badly the rows compress: deflate adds at most 5 bytes for each 16 KiB or so.
        chunkSize: length + (length >> 8) + 1024,
      }),
    );
  }
  return { deflated, adler };
}
