import { AppError } from '@tessera/runtime/app-error';

/** Bits of the largest number that is read: 2⁵³. */
const MOST_BITS = 56;

/** Writes a whole number from 0 to 2⁵³, seven bits a byte, the lowest first (LEB128). */
export function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
}

/** Writes a whole number of either sign: near 0 takes one byte. */
export function pushSigned(bytes: number[], value: number): void {
  pushVarint(bytes, value < 0 ? -2 * value - 1 : 2 * value);
}

/** Reads bytes from the first to the last; whatever is no such number, or beyond the end, is STORE_CORRUPT. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  /** @param what is read, for the error. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** The next number as `pushVarint` wrote it. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < MOST_BITS; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) break;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw this.corrupt();
  }

  /** The next number as `pushSigned` wrote it. */
  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** How many things follow, each of which takes so many bytes at least. */
  count(least = 1): number {
    const count = this.varint();
    if (count * least > this.#bytes.length - this.#at) throw this.corrupt();
    return count;
  }

  take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    if (taken.length !== length) throw this.corrupt();
    this.#at += length;
    return taken;
  }

  /** Whether nothing is left. */
  get done(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** @throws AppError STORE_CORRUPT if something is left. */
  end(): void {
    if (!this.done) throw this.corrupt();
  }

  corrupt(): AppError {
    return new AppError('STORE_CORRUPT', { details: { what: this.#what } });
  }
}
