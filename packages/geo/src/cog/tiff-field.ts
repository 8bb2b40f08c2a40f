/** A field of a TIFF directory with its values as bytes. */
export interface TiffField {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

/** Field types (TIFF 6.0, section 2, and BigTIFF's). */
export const TIFF_TYPES = { ascii: 2, short: 3, long: 4, rational: 5, undefined: 7, double: 12, long8: 16 } as const;

/** A field of 16-bit numbers. */
export function shorts(tag: number, ...values: readonly number[]): TiffField {
  return { tag, type: TIFF_TYPES.short, count: values.length, bytes: new Uint8Array(Uint16Array.from(values).buffer) };
}

/** A field of 32-bit numbers. */
export function longs(tag: number, values: Uint32Array): TiffField {
  return { tag, type: TIFF_TYPES.long, count: values.length, bytes: bytesOf(values) };
}

/** A field of 64-bit numbers, for BigTIFF only. */
export function longs8(tag: number, values: BigUint64Array): TiffField {
  return { tag, type: TIFF_TYPES.long8, count: values.length, bytes: bytesOf(values) };
}

/** A field of fractions whose denominator is 1. */
export function wholes(tag: number, ...values: readonly number[]): TiffField {
  const pairs = Uint32Array.from(values.flatMap((value) => [value, 1]));
  return { tag, type: TIFF_TYPES.rational, count: values.length, bytes: bytesOf(pairs) };
}

/** A field of doubles. */
export function doubles(tag: number, ...values: readonly number[]): TiffField {
  return { tag, type: TIFF_TYPES.double, count: values.length, bytes: bytesOf(Float64Array.from(values)) };
}

/** A field of text, closed by a zero byte. */
export function text(tag: number, value: string): TiffField {
  const bytes = Buffer.from(`${value}\0`, 'utf8');
  return { tag, type: TIFF_TYPES.ascii, count: bytes.length, bytes: new Uint8Array(bytes) };
}

/** A field of bytes without a type. */
export function opaque(tag: number, bytes: Uint8Array): TiffField {
  return { tag, type: TIFF_TYPES.undefined, count: bytes.length, bytes };
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | BigUint64Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
