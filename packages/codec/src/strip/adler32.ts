/** Largest prime below 2^16 (RFC 1950, section 8.2). */
const BASE = 65_521;

/** An Adler-32 value and the number of bytes it was taken over. */
export interface Adler32 {
  readonly value: number;
  readonly length: number;
}

export const EMPTY_ADLER: Adler32 = { value: 1, length: 0 };

/** Adler-32 of the bytes of `first` followed by those of `second`. Source: zlib, `adler32_combine`. */
export function combineAdler32(first: Adler32, second: Adler32): Adler32 {
  const lowFirst = first.value & 0xffff;
  const lowSecond = second.value & 0xffff;
  const low = (lowFirst + lowSecond + BASE - 1) % BASE;
  const shifted = (second.length % BASE) * ((lowFirst + BASE - 1) % BASE);
  const high = ((first.value >>> 16) + (second.value >>> 16) + shifted) % BASE;
  return { value: ((high << 16) | low) >>> 0, length: first.length + second.length };
}

/** The four bytes that end a zlib stream. */
export function adlerBytes({ value }: Adler32): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}
