import { writeSync } from 'node:fs';
import { AppError } from '@tessera/runtime/app-error';
import type { FileBytes } from '../scan/file-bytes.ts';
import type { TiffLayout } from '../scan/tiff-directory.ts';
import { openTiff, TAG, type TiffBlocks } from './tiff-blocks.ts';

/** Bytes of a value by field type (TIFF 6.0 section 2, and the three types of BigTIFF). */
const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const LONG = 4;
const LONG8 = 16;
/** Directories and pieces elsewhere in the file, which the cut has not: sub-pictures, EXIF, GPS, interoperability. */
const POINTERS: readonly number[] = [288, 289, 330, 34_665, 34_853, 40_965];
/** Bytes of one tag's values, an ICC profile or JPEG tables for example. */
const MOST_VALUE_BYTES = 64 * 1024 * 1024;

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Buffer;
}

/**
 * Writes blocks `first` to `last` (exclusive) as a TIFF of their own: the same tags with another height, and their
 * strips or tiles as they are. Nothing is decoded.
 *
 * @param target open descriptor of an empty file.
 * @throws AppError CORRUPT_IMAGE, TRUNCATED_IMAGE
 */
export function cutTiff(file: FileBytes, blocks: TiffBlocks, first: number, last: number, target: number): void {
  const { layout, directory } = openTiff(file);
  const { littleEndian, big } = layout;
  const word = big ? 8 : 4;
  const header = Buffer.alloc(big ? 16 : 8);
  header.write(littleEndian ? 'II' : 'MM', 'latin1');
  put(header, 2, 2, big ? 43 : 42, littleEndian);
  if (big) put(header, 4, 2, 8, littleEndian);
  let end = writeSync(target, header);

  const pieces = copyPieces(file, directory, blocks, first, last, target, end);
  end = pieces.end;
  const height = Math.min(blocks.height, last * blocks.rows) - first * blocks.rows;
  const numbers = (tag: number, values: readonly number[], size: number, type: number): Field => {
    const bytes = Buffer.alloc(values.length * size);
    values.forEach((value, i) => {
      put(bytes, i * size, size, value, littleEndian);
    });
    return { tag, type, count: values.length, bytes };
  };
  const offsetType = big ? LONG8 : LONG;
  const replaced = new Map<number, Field>([
    [TAG.height, numbers(TAG.height, [height], 4, LONG)],
    [blocks.tiled ? TAG.tileOffsets : TAG.stripOffsets, numbers(offsetTag(blocks), pieces.offsets, word, offsetType)],
    [
      blocks.tiled ? TAG.tileByteCounts : TAG.stripByteCounts,
      numbers(countTag(blocks), pieces.lengths, word, offsetType),
    ],
  ]);
  const fields = readFields(file, directory.offset, layout).map((field) => replaced.get(field.tag) ?? field);

  const count = Buffer.alloc(big ? 8 : 2);
  put(count, 0, count.length, fields.length, littleEndian);
  const entries: Buffer[] = [];
  for (const { tag, type, count: values, bytes } of fields) {
    const entry = Buffer.alloc(big ? 20 : 12);
    put(entry, 0, 2, tag, littleEndian);
    put(entry, 2, 2, type, littleEndian);
    put(entry, 4, word, values, littleEndian);
    if (bytes.length <= word) bytes.copy(entry, 4 + word);
    else {
      end += end % 2 === 0 ? 0 : writeSync(target, Buffer.alloc(1), 0, 1, end);
      put(entry, 4 + word, word, end, littleEndian);
      end += writeSync(target, bytes, 0, bytes.length, end);
    }
    entries.push(entry);
  }
  end += end % 2 === 0 ? 0 : writeSync(target, Buffer.alloc(1), 0, 1, end);
  writeSync(target, Buffer.concat([count, ...entries, Buffer.alloc(word)]), 0, undefined, end);
  put(header, header.length - word, word, end, littleEndian);
  writeSync(target, header, 0, header.length, 0);
}

const offsetTag = ({ tiled }: TiffBlocks): number => (tiled ? TAG.tileOffsets : TAG.stripOffsets);
const countTag = ({ tiled }: TiffBlocks): number => (tiled ? TAG.tileByteCounts : TAG.stripByteCounts);

/** Appends the strips or tiles of the blocks. */
function copyPieces(
  file: FileBytes,
  directory: ReturnType<typeof openTiff>['directory'],
  blocks: TiffBlocks,
  first: number,
  last: number,
  target: number,
  start: number,
): { readonly offsets: number[]; readonly lengths: number[]; readonly end: number } {
  const from = first * blocks.pieces;
  const to = Math.min(Math.ceil(blocks.height / blocks.rows), last) * blocks.pieces;
  const places = directory.entry(offsetTag(blocks))?.values(from, to) ?? [];
  const lengths = [...(directory.entry(countTag(blocks))?.values(from, to) ?? [])];
  const offsets: number[] = [];
  let end = start;
  places.forEach((place, i) => {
    // A piece of no bytes is a hole, which readers fill with zeros.
    offsets.push(lengths[i] === 0 ? 0 : end);
    const stop = place + (lengths[i] ?? 0);
    if (stop > file.size) throw new AppError('TRUNCATED_IMAGE');
    for (let position = place; position < stop;) {
      const run = file.run(position);
      const bytes = run.subarray(0, Math.min(run.length, stop - position));
      position += bytes.length;
      end += writeSync(target, bytes, 0, bytes.length, end);
    }
  });
  return { offsets, lengths, end };
}

/** All fields of a directory with their values, but for pointers to what the cut has not. */
function readFields(file: FileBytes, offset: number, { littleEndian, big }: TiffLayout): Field[] {
  const count = big ? file.u64(offset, littleEndian) : file.u16(offset, littleEndian);
  const size = big ? 20 : 12;
  const word = big ? 8 : 4;
  const fields: Field[] = [];
  for (let i = 0; i < count; i += 1) {
    const at = offset + (big ? 8 : 2) + i * size;
    const tag = file.u16(at, littleEndian);
    const type = file.u16(at + 2, littleEndian);
    const values = big ? file.u64(at + 4, littleEndian) : file.u32(at + 4, littleEndian);
    const length = values * (TYPE_BYTES[type] ?? 0);
    if (POINTERS.includes(tag) || length === 0) continue;
    if (length > MOST_VALUE_BYTES) throw new AppError('CORRUPT_IMAGE', { details: { tag, length } });
    const field = at + 4 + word;
    const from = length <= word ? field : big ? file.u64(field, littleEndian) : file.u32(field, littleEndian);
    fields.push({ tag, type, count: values, bytes: readAll(file, from, length) });
  }
  return fields;
}

function readAll(file: FileBytes, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length;) {
    const run = file.run(offset + done);
    if (run.length === 0) throw new AppError('TRUNCATED_IMAGE');
    done += run.copy(bytes, done, 0, Math.min(run.length, length - done));
  }
  return bytes;
}

function put(target: Buffer, offset: number, bytes: number, value: number, littleEndian: boolean): void {
  if (bytes === 8) {
    if (littleEndian) target.writeBigUInt64LE(BigInt(value), offset);
    else target.writeBigUInt64BE(BigInt(value), offset);
  } else if (littleEndian) target.writeUIntLE(value, offset, bytes);
  else target.writeUIntBE(value, offset, bytes);
}
