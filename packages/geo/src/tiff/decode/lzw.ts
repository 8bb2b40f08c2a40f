import { corruptRaster } from '../../raster/raster-error.ts';

const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;
const MIN_BITS = 9;
const MAX_BITS = 12;
const MAX_CODES = 2 ** MAX_BITS;

/**
 * LZW (TIFF 6.0, section 13), until `needed` bytes are unpacked, the end code comes or the input ends. Bits begin with
 * the highest and codes grow one early; data of libtiff before 5.0, which began with the lowest bit and grew codes when
 * they were full, is known by its first bytes.
 *
 * @returns what there is, which may be less than needed.
 * @throws AppError CORRUPT_RASTER for a code that has no meaning yet.
 */
export function unpackLzw(bytes: Uint8Array, needed: number): Uint8Array {
  const isOld = bytes[0] === 0 && (bytes[1] ?? 0) % 2 === 1;
  return isOld ? unpack(lowestFirst(bytes), 0, needed) : unpack(highestFirst(bytes), 1, needed);
}

/** Reads the next code of some bits, or −1 where the input ends. */
type CodeReader = (bits: number) => number;

function unpack(read: CodeReader, early: 0 | 1, needed: number): Uint8Array {
  const output = new Uint8Array(needed);
  // The string of a code is where it was written first: `start` and `length` in the output.
  const starts = new Uint32Array(MAX_CODES);
  const lengths = new Uint32Array(MAX_CODES);
  let at = 0;
  let bits = MIN_BITS;
  let free = FIRST_FREE;
  let lastStart = -1;
  let lastLength = 0;
  while (at < needed) {
    const code = read(bits);
    if (code < 0 || code === END) break;
    if (code === CLEAR) {
      bits = MIN_BITS;
      free = FIRST_FREE;
      lastStart = -1;
      continue;
    }
    const from = at;
    if (lastStart >= 0 && free < MAX_CODES) {
      // The string before and the first byte of this one, which lie side by side in the output.
      starts[free] = lastStart;
      lengths[free] = lastLength + 1;
      free += 1;
    }
    if (code < CLEAR) {
      output[at] = code;
      at += 1;
    } else {
      if (code >= free) throw corruptRaster('a code of LZW before its time');
      at = copy(output, starts[code]!, lengths[code]!, at);
    }
    lastStart = from;
    lastLength = at - from;
    if (free + early >= 2 ** bits && bits < MAX_BITS) bits += 1;
  }
  return output.subarray(0, at);
}

/** Copies a string to the end of the output, byte by byte: it may reach into what it writes. */
function copy(output: Uint8Array, start: number, length: number, at: number): number {
  const end = Math.min(at + length, output.length);
  for (let from = start, to = at; to < end; from += 1, to += 1) output[to] = output[from]!;
  return end;
}

function highestFirst(bytes: Uint8Array): CodeReader {
  let held = 0;
  let count = 0;
  let at = 0;
  return (bits) => {
    while (count < bits) {
      if (at >= bytes.length) return -1;
      held = ((held << 8) | bytes[at]!) & 0xff_ffff;
      at += 1;
      count += 8;
    }
    count -= bits;
    return (held >>> count) & (2 ** bits - 1);
  };
}

function lowestFirst(bytes: Uint8Array): CodeReader {
  let held = 0;
  let count = 0;
  let at = 0;
  return (bits) => {
    while (count < bits) {
      if (at >= bytes.length) return -1;
      held |= bytes[at]! << count;
      at += 1;
      count += 8;
    }
    const code = held & (2 ** bits - 1);
    held >>>= bits;
    count -= bits;
    return code;
  };
}
