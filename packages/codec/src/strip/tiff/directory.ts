/** Types of fields (TIFF 6.0, section 2; 16 is BigTIFF's LONG8) and the bytes of one value. */
const TYPE = { short: 3, long: 4, rational: 5, long8: 16 } as const;
const BYTES: Readonly<Record<FieldType, number>> = { short: 2, long: 4, rational: 8, long8: 8 };
export type FieldType = keyof typeof TYPE;

/** One field of a directory; rationals are written as `value / 1`. */
export interface Field {
  readonly tag: number;
  readonly type: FieldType;
  readonly values: readonly number[];
}

/** Sizes that differ between classic TIFF and BigTIFF. */
interface Sizes {
  readonly header: number;
  readonly count: number;
  readonly entry: number;
  readonly offset: number;
}
const CLASSIC: Sizes = { header: 8, count: 2, entry: 12, offset: 4 };
const BIG: Sizes = { header: 16, count: 8, entry: 20, offset: 8 };

const even = (bytes: number): number => bytes + (bytes & 1);
const valueBytes = ({ type, values }: Field): number => BYTES[type] * values.length;

/** Bytes of a file's header, its only directory and the values outside it; always even. */
export function directoryBytes(fields: readonly Field[], big: boolean): number {
  const sizes = big ? BIG : CLASSIC;
  const outside = fields.map(valueBytes).filter((bytes) => bytes > sizes.offset);
  return (
    sizes.header +
    sizes.count +
    fields.length * sizes.entry +
    sizes.offset +
    outside.reduce((sum, bytes) => sum + even(bytes), 0)
  );
}

/**
 * Writes a little-endian TIFF up to its first tile: header, one directory, and the values that do not fit into their
 * fields. Fields must be in ascending order of their tags.
 */
export function writeDirectory(fields: readonly Field[], big: boolean): Uint8Array {
  const sizes = big ? BIG : CLASSIC;
  const file = Buffer.alloc(directoryBytes(fields, big));
  file.write('II', 'latin1');
  file.writeUInt16LE(big ? 43 : 42, 2);
  if (big) file.writeUInt16LE(8, 4);
  const writeOffset = (value: number, at: number): void => writeNumber(file, value, sizes.offset, at);
  writeOffset(sizes.header, sizes.header - sizes.offset);
  writeNumber(file, fields.length, sizes.count, sizes.header);
  let entry = sizes.header + sizes.count;
  let outside = entry + fields.length * sizes.entry + sizes.offset;
  for (const field of fields) {
    file.writeUInt16LE(field.tag, entry);
    file.writeUInt16LE(TYPE[field.type], entry + 2);
    writeOffset(field.values.length, entry + 4);
    const place = entry + 4 + sizes.offset;
    const bytes = valueBytes(field);
    if (bytes <= sizes.offset) {
      writeValues(file, field, place);
    } else {
      writeOffset(outside, place);
      writeValues(file, field, outside);
      outside += even(bytes);
    }
    entry += sizes.entry;
  }
  return file;
}

function writeValues(file: Buffer, { type, values }: Field, at: number): void {
  values.forEach((value, i) => {
    const position = at + i * BYTES[type];
    if (type === 'rational') file.writeUInt32LE(1, position + 4);
    writeNumber(file, value, type === 'rational' ? 4 : BYTES[type], position);
  });
}

function writeNumber(file: Buffer, value: number, bytes: number, at: number): void {
  if (bytes === 2) file.writeUInt16LE(value, at);
  else if (bytes === 4) file.writeUInt32LE(value, at);
  else file.writeBigUInt64LE(BigInt(value), at);
}
