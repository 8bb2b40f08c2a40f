import { AppError } from '@tessera/runtime/app-error';

const WORD = 8;

/** Numbers as partials and states carry them: 64-bit floating point, little-endian, exact for integers up to 2⁵³. */
export function encodeNumbers(numbers: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(numbers.length * WORD);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < numbers.length; at++) view.setFloat64(at * WORD, numbers[at]!, true);
  return bytes;
}

/**
 * Reads what `encodeNumbers` wrote.
 *
 * @param count how many there must be; absent: as many as there are.
 * @throws AppError STORE_CORRUPT if there are more, or fewer.
 */
export function decodeNumbers(bytes: Uint8Array, what: string, count = Math.floor(bytes.length / WORD)): Float64Array {
  if (bytes.length !== count * WORD) {
    throw new AppError('STORE_CORRUPT', { details: { what, bytes: bytes.length, expected: count * WORD } });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: count }, (_, at) => view.getFloat64(at * WORD, true));
}

/** The sums of numbers that stand at the same places; integers up to 2⁵³ add up exactly, in whatever order. */
export function addNumbers(lists: readonly Float64Array[], count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const list of lists) for (let at = 0; at < count; at++) sums[at]! += list[at]!;
  return sums;
}
