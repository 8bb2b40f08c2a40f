import { finishIntegers, finishNumbers, finishSums, LENGTH, LEVEL_OF_AMOUNT } from './finish';
import { interleaveBytesHigh, interleaveBytesLow } from './interleave';

/** Bytes of a pair of taps: both distances from the first sample, and both 16-bit weights. */
const PAIR: i32 = 12;
/** Bytes of a tap with a weight of 64 bits. */
const TAP: i32 = 16;

/**
 * Weighted sums of the neighbourhood by one kernel or two, whose weights are integers of 16 bits; no sum leaves 32 bits.
 * `taps`: `first` pairs of taps for the one kernel, then `second` for the other. `scratch`: 8 bytes for each sample and 16
 * more.
 */
export function convolveIntegers(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  taps: usize,
  first: i32,
  second: i32,
  finish: i32,
  factor: f64,
  offset: f64,
  scratch: usize,
): void {
  const seconds = scratch + ((<usize>((samples + 15) & ~15)) << 2);
  for (let row = 0; row < rows; row++) {
    const line = source + row * sourceStride;
    const to = target + row * targetStride;
    sumOfPairs(line, samples, taps, first, scratch);
    if (finish <= LEVEL_OF_AMOUNT) {
      finishIntegers(scratch, to, samples, finish, <i32>offset);
      continue;
    }
    if (finish === LENGTH) sumOfPairs(line, samples, taps + first * PAIR, second, seconds);
    finishSums(scratch, seconds, to, samples, finish, factor, offset);
  }
}

function sumOfPairs(line: usize, samples: i32, taps: usize, count: i32, sums: usize): void {
  const end = taps + count * PAIR;
  for (let x = 0; x < samples; x += 16) {
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    const at = line + x;
    for (let pair = taps; pair < end; pair += PAIR) {
      const one = v128.load(at + load<i32>(pair));
      const other = v128.load(at + load<i32>(pair, 4));
      const weights = v128.load32_splat(pair, 8);
      const low = interleaveBytesLow(one, other);
      const high = interleaveBytesHigh(one, other);
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), weights));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), weights));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), weights));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), weights));
    }
    const to = sums + (x << 2);
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
}

/**
 * The same with weights of 64 bits, which are multiplied and added in the order of the taps: distance (32 bits), 32 bits
 * unused, weight. `scratch`: 16 bytes for each sample and 8 more.
 */
export function convolveNumbers(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  taps: usize,
  first: i32,
  second: i32,
  finish: i32,
  factor: f64,
  offset: f64,
  scratch: usize,
): void {
  const seconds = scratch + ((<usize>((samples + 7) & ~7)) << 3);
  for (let row = 0; row < rows; row++) {
    const line = source + row * sourceStride;
    sumOfTaps(line, samples, taps, first, scratch);
    if (finish === LENGTH) sumOfTaps(line, samples, taps + first * TAP, second, seconds);
    finishNumbers(scratch, seconds, target + row * targetStride, samples, finish, factor, offset);
  }
}

function sumOfTaps(line: usize, samples: i32, taps: usize, count: i32, sums: usize): void {
  const end = taps + count * TAP;
  for (let x = 0; x < samples; x += 8) {
    let sum0 = f64x2.splat(0);
    let sum1 = f64x2.splat(0);
    let sum2 = f64x2.splat(0);
    let sum3 = f64x2.splat(0);
    const at = line + x;
    for (let tap = taps; tap < end; tap += TAP) {
      const eight = v128.load8x8_u(at + load<i32>(tap));
      const weight = v128.load64_splat(tap, 8);
      const low = i32x4.extend_low_i16x8_u(eight);
      const high = i32x4.extend_high_i16x8_u(eight);
      sum0 = f64x2.add(sum0, f64x2.mul(weight, f64x2.convert_low_i32x4_s(low)));
      sum1 = f64x2.add(sum1, f64x2.mul(weight, f64x2.convert_low_i32x4_s(i64x2.shuffle(low, low, 1, 1))));
      sum2 = f64x2.add(sum2, f64x2.mul(weight, f64x2.convert_low_i32x4_s(high)));
      sum3 = f64x2.add(sum3, f64x2.mul(weight, f64x2.convert_low_i32x4_s(i64x2.shuffle(high, high, 1, 1))));
    }
    const to = sums + (x << 3);
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
}
