import { held } from './held';
import { interleaveHigh, interleaveLow } from './interleave';

/**
 * `level + (factor (level − blurred) + 128) / 256`, rounded down and cut off at 0 and 255, where both differ by more than
 * `limit`; elsewhere the level, and where the mask has zeros: `masks` has 48 bytes, which are repeated. `factor` is at most 2¹⁵ − 1.
 */
export function sharpenByBlurred(
  source: usize,
  blurred: usize,
  target: usize,
  bytes: i32,
  masks: usize,
  factor: i32,
  limit: i32,
): void {
  const weights = i32x4.splat((128 << 16) | factor);
  const limits = i16x8.splat(<i16>limit);
  const one = held(i16x8.splat(1));
  for (let x = 0, period = 0; x < bytes; x += 16, period = period === 32 ? 0 : period + 16) {
    const levels = v128.load(source + x);
    const others = v128.load(blurred + x);
    const low = i16x8.extend_low_i8x16_u(levels);
    const high = i16x8.extend_high_i8x16_u(levels);
    const mixed = i8x16.narrow_i16x8_u(
      eight(low, i16x8.sub(low, i16x8.extend_low_i8x16_u(others)), weights, limits, one),
      eight(high, i16x8.sub(high, i16x8.extend_high_i8x16_u(others)), weights, limits, one),
    );
    v128.store(target + x, v128.bitselect(mixed, levels, v128.load(masks + period)));
  }
}

function eight(levels: v128, differences: v128, weights: v128, limits: v128, one: v128): v128 {
  const added = i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.dot_i16x8_s(interleaveLow(differences, one), weights), 8),
    i32x4.shr_s(i32x4.dot_i16x8_s(interleaveHigh(differences, one), weights), 8),
  );
  return i16x8.add(levels, v128.and(added, i16x8.gt_s(i16x8.abs(differences), limits)));
}

/** `128 + level − blurred`, cut off at 0 and 255; where the mask has zeros the level. */
export function aboveBlurred(source: usize, blurred: usize, target: usize, bytes: i32, masks: usize): void {
  const middle = held(i16x8.splat(128));
  for (let x = 0, period = 0; x < bytes; x += 16, period = period === 32 ? 0 : period + 16) {
    const levels = v128.load(source + x);
    const others = v128.load(blurred + x);
    const low = i16x8.sub(i16x8.extend_low_i8x16_u(levels), i16x8.extend_low_i8x16_u(others));
    const high = i16x8.sub(i16x8.extend_high_i8x16_u(levels), i16x8.extend_high_i8x16_u(others));
    const mixed = i8x16.narrow_i16x8_u(i16x8.add(low, middle), i16x8.add(high, middle));
    v128.store(target + x, v128.bitselect(mixed, levels, v128.load(masks + period)));
  }
}

/**
 * 255 where the level and `limit` exceed what is blurred, else 0, then the bits flipped that `flip` has set; where the mask has
 * zeros the level.
 */
export function whiteAboveBlurred(
  source: usize,
  blurred: usize,
  target: usize,
  bytes: i32,
  masks: usize,
  limit: i32,
  flip: i32,
): void {
  const limits = i16x8.splat(<i16>limit);
  const flips = i8x16.splat(<i8>flip);
  for (let x = 0, period = 0; x < bytes; x += 16, period = period === 32 ? 0 : period + 16) {
    const levels = v128.load(source + x);
    const others = v128.load(blurred + x);
    const low = i16x8.add(i16x8.extend_low_i8x16_u(levels), limits);
    const high = i16x8.add(i16x8.extend_high_i8x16_u(levels), limits);
    const above = i8x16.narrow_i16x8_s(
      i16x8.gt_s(low, i16x8.extend_low_i8x16_u(others)),
      i16x8.gt_s(high, i16x8.extend_high_i8x16_u(others)),
    );
    v128.store(target + x, v128.bitselect(v128.xor(above, flips), levels, v128.load(masks + period)));
  }
}
