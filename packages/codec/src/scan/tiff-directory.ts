import type { FileBytes } from './file-bytes.ts';
import { corrupt } from './structure.ts';

export interface TiffLayout {
  readonly littleEndian: boolean;
  /** BigTIFF: offsets and counts of 64 bits. */
  readonly big: boolean;
}

export interface TiffEntry {
  readonly count: number;
  /** Whole numbers `from` to `to` (exclusive) of the values. */
  values(from: number, to: number): readonly number[];
}

export interface TiffDirectory {
  readonly offset: number;
  /** Offset of the next directory; 0 for the last. */
  readonly next: number;
  has(tag: number): boolean;
  entry(tag: number): TiffEntry | undefined;
  /** First value of a tag. */
  number(tag: number): number | undefined;
}

/** Bytes of the field types that hold whole numbers: BYTE, SHORT, LONG, IFD, LONG8, IFD8. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 };

/**
 * Reads a directory of a TIFF (TIFF 6.0, section 2; BigTIFF as in libtiff). Values are read when they are asked for.
 *
 * @throws AppError CORRUPT_IMAGE, TRUNCATED_IMAGE
 */
export function readDirectory(file: FileBytes, offset: number, { littleEndian, big }: TiffLayout): TiffDirectory {
  if (offset < 8 || offset >= file.size) throw corrupt('a directory outside the file');
  const count = big ? file.u64(offset, littleEndian) : file.u16(offset, littleEndian);
  if (count === 0 || count > 4096) throw corrupt('a directory with no entries, or too many');
  const start = offset + (big ? 8 : 2);
  const size = big ? 20 : 12;
  const positions = new Map<number, number>();
  for (let i = 0; i < count; i += 1) positions.set(file.u16(start + i * size, littleEndian), start + i * size);

  const entry = (tag: number): TiffEntry | undefined => {
    const position = positions.get(tag);
    if (position === undefined) return undefined;
    const bytes = TYPE_BYTES[file.u16(position + 2, littleEndian)];
    if (bytes === undefined) throw corrupt(`tag ${tag} is not a whole number`);
    const values = big ? file.u64(position + 4, littleEndian) : file.u32(position + 4, littleEndian);
    if (values === 0 || values * bytes > file.size) throw corrupt(`tag ${tag} has no values, or too many`);
    const field = position + (big ? 12 : 8);
    const inline = values * bytes <= (big ? 8 : 4);
    const from = inline ? field : big ? file.u64(field, littleEndian) : file.u32(field, littleEndian);
    return {
      count: values,
      values: (first, last) =>
        Array.from({ length: last - first }, (_, i) =>
          readNumber(file, from + (first + i) * bytes, bytes, littleEndian),
        ),
    };
  };

  return {
    offset,
    next: big ? file.u64(start + count * size, littleEndian) : file.u32(start + count * size, littleEndian),
    has: (tag) => positions.has(tag),
    entry,
    number: (tag) => entry(tag)?.values(0, 1)[0],
  };
}

function readNumber(file: FileBytes, offset: number, bytes: number, littleEndian: boolean): number {
  if (bytes === 1) return file.u8(offset);
  if (bytes === 2) return file.u16(offset, littleEndian);
  return bytes === 4 ? file.u32(offset, littleEndian) : file.u64(offset, littleEndian);
}
