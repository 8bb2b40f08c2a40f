import { held } from './held';

/** Ten times the middle minus the sum of all nine, cut to 0–255. `scratch`: 2 bytes for each source sample of a row + 64. */
export function sharpen(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  scratch: usize,
): void {
  const wide = samples + 2 * channels;
  const ten = held(i16x8.splat(10));
  const next = channels << 1;
  for (let row = 0; row < rows; row++) {
    const first = source + row * sourceStride;
    const middle = first + sourceStride;
    const last = middle + sourceStride;
    for (let x = 0; x < wide; x += 8) {
      const ends = i16x8.add(v128.load8x8_u(first + x), v128.load8x8_u(last + x));
      v128.store(scratch + (x << 1), i16x8.add(ends, v128.load8x8_u(middle + x)));
    }
    const line = target + row * targetStride;
    for (let x = 0; x < samples; x += 16) {
      const sums = scratch + (x << 1);
      const centre = middle + channels + x;
      const low = i16x8.sub(i16x8.mul(v128.load8x8_u(centre), ten), nine(sums, next));
      const high = i16x8.sub(i16x8.mul(v128.load8x8_u(centre, 8), ten), nine(sums + 16, next));
      v128.store(line + x, i8x16.narrow_i16x8_u(low, high));
    }
  }
}

function nine(sums: usize, next: i32): v128 {
  return i16x8.add(i16x8.add(v128.load(sums), v128.load(sums + next)), v128.load(sums + 2 * next));
}
