/** Largest prime below 2^16 (RFC 1950, section 8.2). */
const BASE: u32 = 65521;
/** Bytes between reductions: a multiple of 16 of at most 5552, after which the second sum would exceed 32 bits. */
const RUN: i32 = 5552;

/** Adler-32 of `length` bytes, going on from `value`. */
export function adler32(source: usize, length: i32, value: u32): u32 {
  let low: u32 = value & 0xffff;
  let high: u32 = value >>> 16;
  const falling0 = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const falling1 = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  let at = source;
  let left = length;
  while (left >= 16) {
    const run = min(left, RUN) & ~15;
    const end = at + run;
    // Per 16 bytes: the second sum grows by 16 times the first sum before them, and by each byte times its weight.
    let sums = i32x4.splat(0);
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (; at < end; at += 16) {
      const bytes = v128.load(at);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), falling0));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), falling1));
    }
    high = <u32>((<u64>high + <u64>low * run + <u64>total(before) * 16 + total(weighted)) % BASE);
    low = (low + total(sums)) % BASE;
    left -= run;
  }
  for (; left > 0; left -= 1, at += 1) {
    low += load<u8>(at);
    high += low;
  }
  return ((high % BASE) << 16) | (low % BASE);
}

function total(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
