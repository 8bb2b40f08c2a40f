import { interleaveBytesHigh, interleaveBytesLow } from './interleave';

/** Bits behind the point of a weight; sums of 32 bits hold them. */
const WEIGHT_BITS: i32 = 22;
/** Weights come in two parts of 16 bits: what is below 2¹⁵, and how often 2¹⁵ is in it. */
const LOW_BITS: i32 = 15;
/** Rows that share each weight which is read. */
const ROWS: i32 = 4;

/**
 * Makes `columns` pixels of each of `rows` rows, which may be rounded up to a multiple of four.
 *
 * `table`: for each pixel a 32-bit offset in bytes of the first pixel that it is made of, `count` low parts and `count` high
 * parts of weights; `count` is a multiple of the pixels that eight bytes hold, but at most of eight. Up to 16 bytes behind
 * the last pixel are read, and up to 4 behind the target row are written.
 */
export function resampleRows(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  columns: i32,
  rows: i32,
  channels: i32,
  table: usize,
  count: i32,
): void {
  const step = channels === 1 ? 8 : channels === 2 ? 4 : 2;
  const order = channels === 1 ? ONE : channels === 2 ? TWO : channels === 3 ? THREE : FOUR;
  const tapOrder = channels === 1 ? TAPS_OF_ONE : channels === 2 ? TAPS_OF_TWO : TAPS;
  for (let row = 0; row < rows; row += ROWS) {
    const from = source + row * sourceStride;
    const to = target + row * targetStride;
    makeRows(from, sourceStride, to, targetStride, columns, channels, step, order, tapOrder, table, count);
  }
}

// Which bytes of eight lie side by side to be multiplied and added: samples of one channel in pairs, as 16-bit numbers.
const ONE = i8x16(0, -1, 1, -1, 2, -1, 3, -1, 4, -1, 5, -1, 6, -1, 7, -1);
const TWO = i8x16(0, -1, 2, -1, 1, -1, 3, -1, 4, -1, 6, -1, 5, -1, 7, -1);
const THREE = i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
const FOUR = i8x16(0, -1, 4, -1, 1, -1, 5, -1, 2, -1, 6, -1, 3, -1, 7, -1);
// And their weights.
const TAPS_OF_ONE = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
const TAPS_OF_TWO = i8x16(0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7);
const TAPS = i8x16(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);

function makeRows(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  columns: i32,
  channels: i32,
  step: i32,
  order: v128,
  tapOrder: v128,
  table: usize,
  count: i32,
): void {
  const parts = count << 1;
  const bytes = step * channels;
  let entry = table;
  for (let column = 0; column < columns; column++) {
    let at = source + load<i32>(entry);
    let weights = entry + 4;
    const end = weights + parts;
    entry = end + parts;
    let low0 = i32x4.splat(0);
    let low1 = low0;
    let low2 = low0;
    let low3 = low0;
    let high0 = low0;
    let high1 = low0;
    let high2 = low0;
    let high3 = low0;
    for (; weights < end; weights += step << 1) {
      const low = i8x16.swizzle(v128.load(weights), tapOrder);
      const high = i8x16.swizzle(v128.load(weights + parts), tapOrder);
      const pixels0 = i8x16.swizzle(v128.load64_zero(at), order);
      low0 = i32x4.add(low0, i32x4.dot_i16x8_s(pixels0, low));
      high0 = i32x4.add(high0, i32x4.dot_i16x8_s(pixels0, high));
      const pixels1 = i8x16.swizzle(v128.load64_zero(at + sourceStride), order);
      low1 = i32x4.add(low1, i32x4.dot_i16x8_s(pixels1, low));
      high1 = i32x4.add(high1, i32x4.dot_i16x8_s(pixels1, high));
      const pixels2 = i8x16.swizzle(v128.load64_zero(at + 2 * sourceStride), order);
      low2 = i32x4.add(low2, i32x4.dot_i16x8_s(pixels2, low));
      high2 = i32x4.add(high2, i32x4.dot_i16x8_s(pixels2, high));
      const pixels3 = i8x16.swizzle(v128.load64_zero(at + 3 * sourceStride), order);
      low3 = i32x4.add(low3, i32x4.dot_i16x8_s(pixels3, low));
      high3 = i32x4.add(high3, i32x4.dot_i16x8_s(pixels3, high));
      at += bytes;
    }
    let sum0 = i32x4.add(i32x4.shl(high0, LOW_BITS), low0);
    let sum1 = i32x4.add(i32x4.shl(high1, LOW_BITS), low1);
    let sum2 = i32x4.add(i32x4.shl(high2, LOW_BITS), low2);
    let sum3 = i32x4.add(i32x4.shl(high3, LOW_BITS), low3);
    if (channels < 3) {
      sum0 = i32x4.add(sum0, i64x2.shuffle(sum0, sum0, 1, 0));
      sum1 = i32x4.add(sum1, i64x2.shuffle(sum1, sum1, 1, 0));
      sum2 = i32x4.add(sum2, i64x2.shuffle(sum2, sum2, 1, 0));
      sum3 = i32x4.add(sum3, i64x2.shuffle(sum3, sum3, 1, 0));
    }
    if (channels < 2) {
      sum0 = i32x4.add(sum0, i32x4.shuffle(sum0, sum0, 1, 0, 3, 2));
      sum1 = i32x4.add(sum1, i32x4.shuffle(sum1, sum1, 1, 0, 3, 2));
      sum2 = i32x4.add(sum2, i32x4.shuffle(sum2, sum2, 1, 0, 3, 2));
      sum3 = i32x4.add(sum3, i32x4.shuffle(sum3, sum3, 1, 0, 3, 2));
    }
    const half = i32x4.splat(1 << (WEIGHT_BITS - 1));
    const first = i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.add(sum0, half), WEIGHT_BITS),
      i32x4.shr_s(i32x4.add(sum1, half), WEIGHT_BITS),
    );
    const second = i16x8.narrow_i32x4_s(
      i32x4.shr_s(i32x4.add(sum2, half), WEIGHT_BITS),
      i32x4.shr_s(i32x4.add(sum3, half), WEIGHT_BITS),
    );
    const levels = i8x16.narrow_i16x8_u(first, second);
    // What a pixel has less than four bytes is written over by the next.
    v128.store_lane<u32>(target, levels, 0);
    v128.store_lane<u32>(target + targetStride, levels, 1);
    v128.store_lane<u32>(target + 2 * targetStride, levels, 2);
    v128.store_lane<u32>(target + 3 * targetStride, levels, 3);
    target += channels;
  }
}

/**
 * Makes a row of `samples` samples of `count` rows, an even number, that lie one below the other. `weights`: `count` low
 * parts of weights, then `count` high parts. Up to 15 samples behind the row are read and written.
 */
export function resampleColumns(
  source: usize,
  stride: i32,
  target: usize,
  samples: i32,
  weights: usize,
  count: i32,
): void {
  const parts = count << 1;
  const half = i32x4.splat(1 << (WEIGHT_BITS - 1));
  for (let x = 0; x < samples; x += 16) {
    let low0 = half;
    let low1 = half;
    let low2 = half;
    let low3 = half;
    let high0 = i32x4.splat(0);
    let high1 = high0;
    let high2 = high0;
    let high3 = high0;
    let at = source + x;
    for (let tap = 0; tap < parts; tap += 4) {
      const low = v128.load32_splat(weights + tap);
      const high = v128.load32_splat(weights + parts + tap);
      const upper = v128.load(at);
      const lower = v128.load(at + stride);
      at += stride << 1;
      const left = interleaveBytesLow(upper, lower);
      const right = interleaveBytesHigh(upper, lower);
      let pairs = i16x8.extend_low_i8x16_u(left);
      low0 = i32x4.add(low0, i32x4.dot_i16x8_s(pairs, low));
      high0 = i32x4.add(high0, i32x4.dot_i16x8_s(pairs, high));
      pairs = i16x8.extend_high_i8x16_u(left);
      low1 = i32x4.add(low1, i32x4.dot_i16x8_s(pairs, low));
      high1 = i32x4.add(high1, i32x4.dot_i16x8_s(pairs, high));
      pairs = i16x8.extend_low_i8x16_u(right);
      low2 = i32x4.add(low2, i32x4.dot_i16x8_s(pairs, low));
      high2 = i32x4.add(high2, i32x4.dot_i16x8_s(pairs, high));
      pairs = i16x8.extend_high_i8x16_u(right);
      low3 = i32x4.add(low3, i32x4.dot_i16x8_s(pairs, low));
      high3 = i32x4.add(high3, i32x4.dot_i16x8_s(pairs, high));
    }
    const first = i16x8.narrow_i32x4_s(joined(low0, high0), joined(low1, high1));
    const second = i16x8.narrow_i32x4_s(joined(low2, high2), joined(low3, high3));
    v128.store(target + x, i8x16.narrow_i16x8_u(first, second));
  }
}

function joined(low: v128, high: v128): v128 {
  return i32x4.shr_s(i32x4.add(i32x4.shl(high, LOW_BITS), low), WEIGHT_BITS);
}

/** Colours times alpha, in shares of 255, rounded; 2 or 4 channels. Up to 15 bytes behind the last are changed. */
export function weighByAlpha(pixels: usize, bytes: i32, channels: i32): void {
  const two = i8x16(1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15);
  const four = i8x16(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15);
  const order = channels === 2 ? two : four;
  const alphas = channels === 2 ? i16x8.splat(-256) : i32x4.splat(-16777216);
  const half = i16x8.splat(128);
  for (let at = pixels; at < pixels + bytes; at += 16) {
    const values = v128.load(at);
    const alpha = i8x16.swizzle(values, order);
    const low = i16x8.add(i16x8.extmul_low_i8x16_u(values, alpha), half);
    const high = i16x8.add(i16x8.extmul_high_i8x16_u(values, alpha), half);
    const products = i8x16.narrow_i16x8_u(
      i16x8.shr_u(i16x8.add(i16x8.shr_u(low, 8), low), 8),
      i16x8.shr_u(i16x8.add(i16x8.shr_u(high, 8), high), 8),
    );
    v128.store(at, v128.bitselect(values, products, alphas));
  }
}
