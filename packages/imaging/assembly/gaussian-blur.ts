import { held } from './held';
import { interleaveHigh, interleaveLow } from './interleave';

/**
 * Blurs a padded tile: columns first, in 16 bits, then rows, in 32 bits; one rounding at the end.
 *
 * `weights`: `size` 16-bit weights in 1/256, symmetric, followed by a zero. `scratch`: room for `16 * (size + 1)` bytes
 * and 6 bytes for each of `samples + (size − 1) * channels + 64` samples.
 */
export function gaussianBlur(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  weights: usize,
  size: i32,
  scratch: usize,
): void {
  const splats = scratch;
  for (let tap = 0; tap < size; tap++) v128.store(splats + (tap << 4), v128.load16_splat(weights + (tap << 1)));
  const sums = splats + ((<usize>size) << 4);
  const wide = samples + (size - 1) * channels;
  const pairs = sums + ((<usize>(wide + 48)) << 1);
  for (let row = 0; row < rows; row++) {
    sumColumns(source + row * sourceStride, sourceStride, wide, splats, size, sums);
    pairSamples(sums, wide, channels, pairs);
    sumRows(pairs, samples, channels, weights, size, target + row * targetStride);
  }
}

/**
 * Weighted sums of `size` rows, minus 2¹⁵ so that they fit signed 16 bits. The weights are symmetric: rows of equal
 * weight are added before they are multiplied; all sums stay below 2¹⁶.
 */
function sumColumns(source: usize, stride: i32, wide: i32, splats: usize, size: i32, sums: usize): void {
  const half = size >> 1;
  const low = held(i16x8.splat(255));
  const bias = held(i16x8.splat(-32768));
  const middle = v128.load(splats + (half << 4));
  const last = (size - 1) * stride;
  for (let x = 0; x < wide; x += 32) {
    const column = source + x;
    let value = v128.load(column + half * stride);
    let even0 = i16x8.mul(v128.and(value, low), middle);
    let odd0 = i16x8.mul(i16x8.shr_u(value, 8), middle);
    value = v128.load(column + half * stride, 16);
    let even1 = i16x8.mul(v128.and(value, low), middle);
    let odd1 = i16x8.mul(i16x8.shr_u(value, 8), middle);
    let above = column;
    let below = column + last;
    for (let tap = 0; tap < half; tap++) {
      const weight = v128.load(splats + (tap << 4));
      let a = v128.load(above);
      let b = v128.load(below);
      even0 = i16x8.add(even0, i16x8.mul(i16x8.add(v128.and(a, low), v128.and(b, low)), weight));
      odd0 = i16x8.add(odd0, i16x8.mul(i16x8.add(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8)), weight));
      a = v128.load(above, 16);
      b = v128.load(below, 16);
      even1 = i16x8.add(even1, i16x8.mul(i16x8.add(v128.and(a, low), v128.and(b, low)), weight));
      odd1 = i16x8.add(odd1, i16x8.mul(i16x8.add(i16x8.shr_u(a, 8), i16x8.shr_u(b, 8)), weight));
      above += stride;
      below -= stride;
    }
    even0 = v128.xor(even0, bias);
    odd0 = v128.xor(odd0, bias);
    even1 = v128.xor(even1, bias);
    odd1 = v128.xor(odd1, bias);
    const to = sums + (x << 1);
    v128.store(to, interleaveLow(even0, odd0));
    v128.store(to, interleaveHigh(even0, odd0), 16);
    v128.store(to, interleaveLow(even1, odd1), 32);
    v128.store(to, interleaveHigh(even1, odd1), 48);
  }
}

/** Puts each sum beside that of the next pixel's same channel: what one dot product takes. */
function pairSamples(sums: usize, wide: i32, channels: i32, pairs: usize): void {
  for (let x = 0; x < wide; x += 8) {
    const here = v128.load(sums + (x << 1));
    const next = v128.load(sums + ((x + channels) << 1));
    v128.store(pairs + (x << 2), interleaveLow(here, next));
    v128.store(pairs + (x << 2), interleaveHigh(here, next), 16);
  }
}

/** Weighted sums of `size` neighbours, two weights at a time, rounded half up to 8 bits. */
function sumRows(pairs: usize, samples: i32, channels: i32, weights: usize, size: i32, target: usize): void {
  // The weights add up to 2⁸, so the sums lack 2¹⁵ · 2⁸; 2¹⁵ is the half that rounds.
  const start = held(i32x4.splat((1 << 23) + (1 << 15)));
  const step = channels << 3;
  for (let x = 0; x < samples; x += 16) {
    let at = pairs + (x << 2);
    let sum0 = start;
    let sum1 = start;
    let sum2 = start;
    let sum3 = start;
    for (let tap = 0; tap < size; tap += 2) {
      const weight = v128.load32_splat(weights + (tap << 1));
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(v128.load(at), weight));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(v128.load(at, 16), weight));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(v128.load(at, 32), weight));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(v128.load(at, 48), weight));
      at += step;
    }
    const first = i16x8.narrow_i32x4_s(i32x4.shr_u(sum0, 16), i32x4.shr_u(sum1, 16));
    const second = i16x8.narrow_i32x4_s(i32x4.shr_u(sum2, 16), i32x4.shr_u(sum3, 16));
    v128.store(target + x, i8x16.narrow_i16x8_u(first, second));
  }
}
