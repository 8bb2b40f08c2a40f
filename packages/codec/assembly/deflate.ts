import { codeLengths, codeWords, MAX_BITS } from './huffman';

/** Bytes of input that share a code: at most 65535, so that they fit one stored block. */
const BLOCK: i32 = 49152;
const END_OF_BLOCK: i32 = 256;
/** Literals, end of block, lengths. */
const SYMBOLS: i32 = 286;

/** Literal and length counts, four tables of them so that equal bytes in a row do not wait for each other. */
const counts = memory.data(4 * 4 * 288);
const lengths = memory.data(288 + 1);
const words = memory.data(4 * 288);
/** Code lengths of both codes as deflate packs them: symbol | extra bits << 8. */
const packed = memory.data(2 * 320);
const packedCounts = memory.data(4 * 19);
const packedLengths = memory.data(19);
const packedWords = memory.data(4 * 19);
/** Pairs of 16-bit numbers: literals, and the length of the run that follows them. */
const runs = memory.data(4 * 16400);
/** First length and extra bits of each length symbol from 257 on (RFC 1951, section 3.2.5). */
const firstLength = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const extraBits = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
/** Length symbol, less 257, of each length. */
const symbolOf = memory.data(259);
/** Order in which the code lengths of the packing code are written (section 3.2.7). */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Bits that are not written yet, and where they go. */
let pending: u64 = 0;
let filled: u64 = 0;
let out: usize = 0;

/**
 * Deflates `length` bytes as blocks of literals and of runs of one byte, none of them last, and ends on a byte boundary
 * with an empty stored block. 32 readable bytes must follow the source.
 *
 * @returns bytes written to `target`, at most `length` + `length` / 4096 + 64.
 */
export function deflate(source: usize, length: i32, target: usize): i32 {
  if (load<u8>(symbolOf + 258) === 0) fillSymbols();
  pending = 0;
  filled = 0;
  out = target;
  for (let start = 0; start < length; start += BLOCK) writeBlock(source + start, min(BLOCK, length - start));
  writeStored(source, 0);
  return <i32>(out - target);
}

function fillSymbols(): void {
  for (let symbol = 0; symbol < 29; symbol += 1) {
    const first: i32 = load<u16>(firstLength + 2 * symbol);
    const last = min(258, first + (1 << load<u8>(extraBits + symbol)) - 1);
    for (let length = first; length <= last; length += 1) store<u8>(symbolOf + length, <u8>symbol);
  }
}

function put(bits: u64, count: u64): void {
  pending |= bits << filled;
  filled += count;
  store<u64>(out, pending);
  out += <usize>(filled >> 3);
  pending >>= filled & 56;
  filled &= 7;
}

function tally(table: usize, byte: u32): void {
  const at = table + 4 * byte;
  store<u32>(at, load<u32>(at) + 1);
}

/** Splits a block into literals and runs and counts the symbols; gives the number of pairs. */
function findRuns(source: usize, length: i32): i32 {
  memory.fill(counts, 0, 4 * 4 * 288);
  const table1 = counts + 4 * 288;
  const table2 = table1 + 4 * 288;
  const table3 = table2 + 4 * 288;
  let pairs = 0;
  let literals = 1;
  tally(counts, load<u8>(source));
  let i = 1;
  while (i + 16 <= length) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(source + i), v128.load(source + i - 1)));
    const starts = same & (same >>> 1) & (same >>> 2);
    const until = starts === 0 ? 14 : ctz(starts);
    let k = 0;
    for (; k + 4 <= until; k += 4) {
      const four = load<u32>(source + i + k);
      tally(counts, four & 255);
      tally(table1, (four >>> 8) & 255);
      tally(table2, (four >>> 16) & 255);
      tally(table3, four >>> 24);
    }
    for (; k < until; k += 1) tally(table1, load<u8>(source + i + k));
    literals += until;
    i += until;
    if (starts === 0) continue;
    const run = runLength(source + i, min(258, length - i));
    tally(table2, END_OF_BLOCK + 1 + load<u8>(symbolOf + run));
    store<u32>(runs + 4 * pairs, literals | (run << 16));
    pairs += 1;
    literals = 0;
    i += run;
  }
  for (; i < length; i += 1) {
    tally(table1, load<u8>(source + i));
    literals += 1;
  }
  store<u32>(runs + 4 * pairs, literals);
  tally(table1, END_OF_BLOCK);
  for (let symbol = 0; symbol < SYMBOLS; symbol += 4) {
    const at = 4 * symbol;
    const two = i32x4.add(v128.load(counts + at), v128.load(table1 + at));
    v128.store(counts + at, i32x4.add(two, i32x4.add(v128.load(table2 + at), v128.load(table3 + at))));
  }
  return pairs + 1;
}

/** How many of at most `limit` bytes equal the one before them. */
function runLength(source: usize, limit: i32): i32 {
  const byte = i8x16.splat(load<i8>(source - 1));
  for (let i = 0; i < limit; i += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(source + i), byte));
    if (same !== 0xffff) return min(limit, i + ctz(~same));
  }
  return limit;
}

function writeBlock(source: usize, length: i32): void {
  const pairs = findRuns(source, length);
  codeLengths(counts, SYMBOLS, MAX_BITS, lengths);
  let symbols = SYMBOLS;
  while (symbols > 257 && load<u8>(lengths + symbols - 1) === 0) symbols -= 1;
  // One distance, of one bit, stands behind the lengths of the literals.
  const last = load<u8>(lengths + symbols);
  store<u8>(lengths + symbols, 1);
  const packs = packLengths(symbols + 1);
  store<u8>(lengths + symbols, last);
  if (blockBits() >= 8 * <u64>length) return writeStored(source, length);
  codeWords(lengths, SYMBOLS, words);
  writeHeader(symbols, packs);
  writeSymbols(source, pairs);
}

/** Bits of the block's symbols, without its header. */
function blockBits(): u64 {
  let bits: u64 = 600;
  for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
    const extra = symbol > END_OF_BLOCK ? 1 + <u64>load<u8>(extraBits + symbol - 257) : 0;
    bits += load<u32>(counts + 4 * symbol) * (load<u8>(lengths + symbol) + extra);
  }
  return bits;
}

/** Packs `n` code lengths: repeats and runs of zeros become one symbol each (section 3.2.7). */
function packLengths(n: i32): i32 {
  memory.fill(packedCounts, 0, 4 * 19);
  let packs = 0;
  for (let i = 0; i < n;) {
    const length = load<u8>(lengths + i);
    let repeat = 1;
    while (i + repeat < n && load<u8>(lengths + i + repeat) === length) repeat += 1;
    i += repeat;
    if (length !== 0) {
      packs = pack(packs, length, 0);
      repeat -= 1;
    }
    while (repeat >= 3) {
      if (length !== 0) {
        const part = min(repeat, 6);
        packs = pack(packs, 16, part - 3);
        repeat -= part;
      } else if (repeat <= 10) {
        packs = pack(packs, 17, repeat - 3);
        repeat = 0;
      } else {
        const part = min(repeat, 138);
        packs = pack(packs, 18, part - 11);
        repeat -= part;
      }
    }
    for (; repeat > 0; repeat -= 1) packs = pack(packs, length, 0);
  }
  return packs;
}

function pack(packs: i32, symbol: i32, extra: i32): i32 {
  store<u16>(packed + 2 * packs, <u16>(symbol | (extra << 8)));
  tally(packedCounts, symbol);
  return packs + 1;
}

function writeHeader(symbols: i32, packs: i32): void {
  codeLengths(packedCounts, 19, 7, packedLengths);
  codeWords(packedLengths, 19, packedWords);
  let written = 19;
  while (written > 4 && load<u8>(packedLengths + load<u8>(ORDER + written - 1)) === 0) written -= 1;
  // Not last, dynamic codes, numbers of literal and length codes, of distance codes and of packing codes.
  put(0b100 | ((<u64>(symbols - 257)) << 3) | ((<u64>(written - 4)) << 13), 17);
  for (let i = 0; i < written; i += 1) put(load<u8>(packedLengths + load<u8>(ORDER + i)), 3);
  for (let i = 0; i < packs; i += 1) {
    const pack: u32 = load<u16>(packed + 2 * i);
    const symbol = pack & 255;
    const word = load<u32>(packedWords + 4 * symbol);
    const extra: u64 = symbol === 16 ? 2 : symbol === 17 ? 3 : symbol === 18 ? 7 : 0;
    put((word & 0xffff) | ((<u64>(pack >>> 8)) << (word >>> 16)), (word >>> 16) + extra);
  }
}

function writeSymbols(source: usize, pairs: i32): void {
  let at = source;
  let acc = pending;
  let count = filled;
  let to = out;
  for (let pair = 0; pair < pairs; pair += 1) {
    const both = load<u32>(runs + 4 * pair);
    const end = at + (both & 0xffff);
    while (at + 4 <= end) {
      const four = load<u32>(at);
      const a = load<u32>(words + 4 * (four & 255));
      const b = load<u32>(words + 4 * ((four >>> 8) & 255));
      const c = load<u32>(words + 4 * ((four >>> 16) & 255));
      const d = load<u32>(words + 4 * (four >>> 24));
      const lengthA = a >>> 16;
      const lengthC = c >>> 16;
      const ab: u64 = (a & 0xffff) | ((<u64>(b & 0xffff)) << lengthA);
      const cd: u64 = (c & 0xffff) | ((<u64>(d & 0xffff)) << lengthC);
      const lengthAB = lengthA + (b >>> 16);
      acc |= (ab | (cd << lengthAB)) << count;
      count += lengthAB + lengthC + (d >>> 16);
      store<u64>(to, acc);
      to += <usize>(count >> 3);
      acc >>= count & 56;
      count &= 7;
      at += 4;
    }
    while (at < end) {
      const word = load<u32>(words + 4 * load<u8>(at));
      acc |= (<u64>(word & 0xffff)) << count;
      count += word >>> 16;
      at += 1;
    }
    // At most 7 + 3 × 13 bits are pending here, and a run has at most 13 + 5 + 1.
    const run = both >>> 16;
    if (run !== 0) {
      const symbol = load<u8>(symbolOf + run);
      const word = load<u32>(words + 4 * (END_OF_BLOCK + 1 + symbol));
      acc |= (<u64>(word & 0xffff)) << count;
      count += word >>> 16;
      acc |= (<u64>(run - load<u16>(firstLength + 2 * symbol))) << count;
      // The distance, 1, is the one word of its code: a zero bit.
      count += load<u8>(extraBits + symbol) + 1;
      at += run;
    }
    store<u64>(to, acc);
    to += <usize>(count >> 3);
    acc = count < 64 ? acc >> (count & 56) : 0;
    count &= 7;
  }
  pending = acc;
  filled = count;
  out = to;
  const end = load<u32>(words + 4 * END_OF_BLOCK);
  put(end & 0xffff, end >>> 16);
}

/** Stored block: header, bytes up to the boundary, length and its complement, the bytes. */
function writeStored(source: usize, length: i32): void {
  put(0, 3);
  if (filled > 0) put(0, 8 - filled);
  store<u32>(out, (<u32>length) | (~(<u32>length) << 16));
  memory.copy(out + 4, source, length);
  out += 4 + length;
}
