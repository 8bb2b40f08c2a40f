import { adler32 } from '../../../codec/assembly/adler32';
import {
  buildTable,
  CODE_LENGTHS,
  CONTINUED,
  DISTANCES,
  END_OF_BLOCK,
  joinLiterals,
  LITERAL,
  LITERALS_AND_LENGTHS,
  SPECIAL,
} from './code-table';

/** Bits by which codes are looked up first. */
const ROOT: i32 = 11;
const MASK: usize = (1 << ROOT) - 1;
const DISTANCE_ROOT: i32 = 8;
const LENGTH_ROOT: i32 = 7;
/** As many entries as any code of 288 or 32 symbols needs with these roots and 15 bits at most. */
const codes = memory.data(4 * 2342, 16);
const distances = memory.data(4 * 402, 16);
const codesOfLengths = memory.data(4 * 128, 16);
const lengths = memory.data(320 + 16);
/** Order in which the lengths of the codes of lengths come (RFC 1951, section 3.2.7). */
const order = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** What is given instead of a number of bytes. */
const DAMAGED: i32 = -1;

/** Bits of the stream that were taken from it and are not used yet, how many they are, and where the next byte is. */
let bits: u64 = 0;
let count: u64 = 0;
let next: usize = 0;

/** Takes bytes until there are at least 56 bits. */
function refill(): void {
  bits |= load<u64>(next) << count;
  next += <usize>((63 - count) >> 3);
  count |= 56;
}

function take(n: u64): i32 {
  const value = <i32>(bits & (((<u64>1) << n) - 1));
  bits >>= n;
  count -= n;
  return value;
}

/**
 * Inflates a zlib stream. 16 bytes behind the source are read, and 384 behind what is allowed may be written.
 *
 * @param allowed bytes at most.
 * @param wanted where fewer than are allowed: it ends as soon as there are as many, whatever follows.
 * @returns bytes written, `wanted` or somewhat more where it ended early; -1 for damaged streams, for those that end
 *   before they should, and for more than `allowed`.
 */
export function inflate(source: usize, length: i32, target: usize, allowed: i32, wanted: i32): i32 {
  if (length < 6) return DAMAGED;
  // Deflate, a window of at most 32 kB, no dictionary (RFC 1950).
  const header = ((<u32>load<u8>(source)) << 8) | load<u8>(source + 1);
  if (((header >> 8) & 15) !== 8 || header >> 12 > 7 || (header & 32) !== 0 || header % 31 !== 0) return DAMAGED;
  const end = source + length;
  const isEarly = wanted < allowed;
  // Output beyond this is all that is wanted, or too much.
  const limit = isEarly ? target + wanted - 1 : target + allowed;
  bits = 0;
  count = 0;
  next = source + 2;
  // Behind the source nothing comes that could be taken for codes by chance.
  store<u64>(end, 0);
  store<u64>(end + 8, 0);
  let out = target;
  for (let isLast = false; !isLast;) {
    refill();
    if (next - <usize>(count >> 3) > end) return DAMAGED;
    isLast = take(1) !== 0;
    const type = take(2);
    if (type === 0) {
      // Stored: from the next whole byte on two lengths, one the other's complement.
      next -= <usize>(count >> 3);
      bits = 0;
      count = 0;
      if (next + 4 > end) return DAMAGED;
      const stored = <i32>load<u16>(next);
      if (stored !== ((<i32>load<u16>(next + 2)) ^ 0xffff)) return DAMAGED;
      next += 4;
      if (next + stored > end) return DAMAGED;
      const room = <i32>(limit + 1 - out);
      memory.copy(out, next, min(stored, room));
      out += min(stored, room);
      next += stored;
    } else if (type === 1) {
      fixedLengths();
      if (!buildTable(lengths, 288, codes, ROOT, LITERALS_AND_LENGTHS)) return DAMAGED;
      if (!buildTable(lengths + 288, 32, distances, DISTANCE_ROOT, DISTANCES)) return DAMAGED;
      out = inflateBlock(target, out, limit, end);
    } else if (type === 2) {
      if (!readLengths()) return DAMAGED;
      out = inflateBlock(target, out, limit, end);
    } else return DAMAGED;
    if (out === 0) return DAMAGED;
    if (out > limit) return isEarly ? <i32>(out - target) : DAMAGED;
  }
  next -= <usize>(count >> 3);
  if (next + 4 > end) return DAMAGED;
  const written = <i32>(out - target);
  return bswap<u32>(load<u32>(next)) === adler32(target, written, 1) ? written : DAMAGED;
}

function fixedLengths(): void {
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 32);
}

/** Reads a block's codes and builds their tables. */
function readLengths(): bool {
  const symbols = take(5) + 257;
  const distanceSymbols = take(5) + 1;
  const written = take(4) + 4;
  if (symbols > 286 || distanceSymbols > 30) return false;
  memory.fill(lengths, 0, 19);
  for (let i = 0; i < written; i++) {
    if (count < 3) refill();
    store<u8>(lengths + <i32>load<u8>(order + i), <u8>take(3));
  }
  if (!buildTable(lengths, 19, codesOfLengths, LENGTH_ROOT, CODE_LENGTHS)) return false;
  const all = symbols + distanceSymbols;
  for (let i = 0; i < all;) {
    refill();
    const entry = load<u32>(codesOfLengths + 4 * <usize>(bits & 127));
    if ((entry & SPECIAL) !== 0) return false;
    take(entry & 255);
    const symbol = <i32>(entry >> 12);
    if (symbol < 16) {
      store<u8>(lengths + i, <u8>symbol);
      i++;
      continue;
    }
    if (symbol === 16 && i === 0) return false;
    const repeated: u8 = symbol === 16 ? load<u8>(lengths + i - 1) : 0;
    const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (i + times > all) return false;
    memory.fill(lengths + i, repeated, times);
    i += times;
  }
  // A block without an end would never end.
  if (load<u8>(lengths + 256) === 0) return false;
  return (
    buildTable(lengths, symbols, codes, ROOT, LITERALS_AND_LENGTHS) &&
    buildTable(lengths + symbols, distanceSymbols, distances, DISTANCE_ROOT, DISTANCES)
  );
}

/** @returns the end of the output, behind `limit` where it went beyond it; 0 for damaged blocks. */
function inflateBlock(target: usize, from: usize, limit: usize, end: usize): usize {
  joinLiterals(codes, ROOT);
  let out = from;
  // What is used all the time is kept where it is fast.
  let held = bits;
  let left = count;
  let at = next;
  while (true) {
    held |= load<u64>(at) << left;
    at += <usize>((63 - left) >> 3);
    left |= 56;
    if (at > end + 8) return 0;
    if (out > limit) break;
    let entry = load<u32>(codes + (((<usize>held) & MASK) << 2));
    // Five codes of the first table take at most 55 bits.
    if ((entry & LITERAL) !== 0) {
      store<u16>(out, <u16>(entry >> 12));
      out += (entry >> 8) & 3;
      held >>= entry;
      left -= entry & 255;
      entry = load<u32>(codes + (((<usize>held) & MASK) << 2));
      if ((entry & LITERAL) !== 0) {
        store<u16>(out, <u16>(entry >> 12));
        out += (entry >> 8) & 3;
        held >>= entry;
        left -= entry & 255;
        entry = load<u32>(codes + (((<usize>held) & MASK) << 2));
        if ((entry & LITERAL) !== 0) {
          store<u16>(out, <u16>(entry >> 12));
          out += (entry >> 8) & 3;
          held >>= entry;
          left -= entry & 255;
          entry = load<u32>(codes + (((<usize>held) & MASK) << 2));
          if ((entry & LITERAL) !== 0) {
            store<u16>(out, <u16>(entry >> 12));
            out += (entry >> 8) & 3;
            held >>= entry;
            left -= entry & 255;
            entry = load<u32>(codes + (((<usize>held) & MASK) << 2));
            if ((entry & LITERAL) !== 0) {
              store<u16>(out, <u16>(entry >> 12));
              out += (entry >> 8) & 3;
              held >>= entry;
              left -= entry & 255;
              continue;
            }
          }
        }
      }
      // What follows takes 48 bits at most.
      held |= load<u64>(at) << left;
      at += <usize>((63 - left) >> 3);
      left |= 56;
    }
    if ((entry & CONTINUED) !== 0) {
      held >>= ROOT;
      left -= ROOT;
      const second = (entry >> 12) & 0xffff;
      entry = load<u32>(codes + ((second + ((<u32>held) & ((1 << ((entry >> 8) & 15)) - 1))) << 2));
      if ((entry & LITERAL) !== 0) {
        store<u16>(out, <u16>(entry >> 12));
        out += (entry >> 8) & 3;
        held >>= entry;
        left -= entry & 255;
        continue;
      }
    }
    held >>= entry;
    left -= entry & 255;
    if ((entry & SPECIAL) !== 0) {
      if ((entry & END_OF_BLOCK) === 0) return 0;
      break;
    }
    let extra: u64 = (entry >> 8) & 15;
    const length = ((entry >> 12) & 0xffff) + ((<u32>held) & ((1 << (<u32>extra)) - 1));
    held >>= extra;
    left -= extra;
    entry = load<u32>(distances + (((<usize>held) & 255) << 2));
    if ((entry & CONTINUED) !== 0) {
      held >>= DISTANCE_ROOT;
      left -= DISTANCE_ROOT;
      const second = (entry >> 12) & 0xffff;
      entry = load<u32>(distances + ((second + ((<u32>held) & ((1 << ((entry >> 8) & 15)) - 1))) << 2));
    }
    if ((entry & SPECIAL) !== 0) return 0;
    held >>= entry;
    left -= entry & 255;
    extra = (entry >> 8) & 15;
    const distance: usize = ((entry >> 12) & 0xffff) + ((<u32>held) & ((1 << (<u32>extra)) - 1));
    held >>= extra;
    left -= extra;
    if (distance > out - target) return 0;
    copyMatch(out, distance, length);
    out += length;
  }
  if (at - <usize>(left >> 3) > end) return 0;
  bits = held;
  count = left;
  next = at;
  return out;
}

/** Repeats what lies `distance` before; up to 15 bytes more than `length` are written. */
function copyMatch(to: usize, distance: usize, length: usize): void {
  const end = to + length;
  if (distance >= 16) {
    do {
      v128.store(to, v128.load(to - distance));
      to += 16;
    } while (to < end);
  } else if (distance === 1) {
    const byte = i8x16.splat(load<i8>(to - 1));
    do {
      v128.store(to, byte);
      to += 16;
    } while (to < end);
  } else {
    do {
      store<u8>(to, load<u8>(to - distance));
      to++;
    } while (to < end);
  }
}
