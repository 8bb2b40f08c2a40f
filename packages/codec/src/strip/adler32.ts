/** Largest prime below 2^16 (RFC 1950, section 8.2). */
const BASE = 65_521;
/** Bytes that may be summed before the sums must be reduced to stay exact: 5552 keeps the second below 2^32. */
const RUN = 5552;

/** An Adler-32 value and the number of bytes it was taken over. */
export interface Adler32 {
  readonly value: number;
  readonly length: number;
}

export const EMPTY_ADLER: Adler32 = { value: 1, length: 0 };

/** Adler-32 of `previous`'s bytes followed by `bytes` (RFC 1950, section 8.2). */
export function appendAdler32(previous: Adler32, bytes: Uint8Array): Adler32 {
  let low = previous.value & 0xffff;
  let high = previous.value >>> 16;
  const { length } = bytes;
  for (let start = 0; start < length; start += RUN) {
    const end = Math.min(length, start + RUN);
    let sum = low;
    let weighted = high;
    for (let i = start; i < end; i += 1) {
      sum += bytes[i]!;
      weighted += sum;
    }
    low = sum % BASE;
    high = weighted % BASE;
  }
  return { value: ((high << 16) | low) >>> 0, length: previous.length + length };
}

/** Adler-32 of the bytes of `first` followed by those of `second`. Source: zlib, `adler32_combine`. */
export function combineAdler32(first: Adler32, second: Adler32): Adler32 {
  const lowFirst = first.value & 0xffff;
  const lowSecond = second.value & 0xffff;
  const low = (lowFirst + lowSecond + BASE - 1) % BASE;
  const shifted = (second.length % BASE) * ((lowFirst + BASE - 1) % BASE);
  const high = ((first.value >>> 16) + (second.value >>> 16) + shifted) % BASE;
  return { value: ((high << 16) | low) >>> 0, length: first.length + second.length };
}
