import { corruptRaster } from '../raster/raster-error.ts';
import type { HeaderPages } from './header-pages.ts';
import { toNumber, type TiffLayout } from './tiff-header.ts';

/** Where the values of a tag are. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  /** Number of values. */
  readonly count: number;
  /** Bytes of one value. */
  readonly size: number;
  /** Offset of the first value in the file. */
  readonly offset: number;
}

export interface TiffDirectory {
  readonly entries: ReadonlyMap<number, TiffEntry>;
  /** Offset of the next directory; 0 for the last. */
  readonly next: number;
}

/** Bytes of the field types: BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, …, DOUBLE, IFD, LONG8, SLONG8, IFD8. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 },
};
const MAX_ENTRIES = 4096;

/**
 * Reads a directory (TIFF 6.0, section 2; BigTIFF as libtiff has it). Entries of unknown types are left out.
 *
 * @throws AppError CORRUPT_RASTER
 */
export async function readTiffDirectory(
  pages: HeaderPages,
  offset: number,
  { littleEndian, big }: TiffLayout,
  signal?: AbortSignal,
): Promise<TiffDirectory> {
  const counter = viewOf(await pages.bytes(offset, big ? 8 : 2, signal));
  const count = big ? toNumber(counter.getBigUint64(0, littleEndian)) : counter.getUint16(0, littleEndian);
  if (count === 0 || count > MAX_ENTRIES) throw corruptRaster('a directory with no entries, or too many');
  const start = offset + counter.byteLength;
  const entryBytes = big ? 20 : 12;
  const view = viewOf(await pages.bytes(start, count * entryBytes + (big ? 8 : 4), signal));
  const word = (at: number): number =>
    big ? toNumber(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);

  const entries = new Map<number, TiffEntry>();
  for (let i = 0; i < count; i += 1) {
    const at = i * entryBytes;
    const tag = view.getUint16(at, littleEndian);
    const type = view.getUint16(at + 2, littleEndian);
    const size = TYPE_BYTES[type];
    const values = size === undefined ? 0 : word(at + 4);
    // The first of two equal tags counts, as for libtiff.
    if (size === undefined || values === 0 || entries.has(tag)) continue;
    const field = at + (big ? 12 : 8);
    const inline = values * size <= (big ? 8 : 4);
    entries.set(tag, { tag, type, count: values, size, offset: inline ? start + field : word(field) });
  }
  return { entries, next: word(count * entryBytes) };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
