import { held } from './held';

/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;
const SHIFT: i32 = 13;

/**
 * Each colour anew as a weighted sum of all three, of RGB (3 channels) or RGBA (4; alpha stays). `matrix` points to four
 * 32-bit integers for each colour: the weights of red, green and blue in 1/2¹³, each within 16 bits, and what is added,
 * in 1/2¹³ as well and half a level more, for rounding.
 */
export function colourMatrix(source: usize, target: usize, pixels: i32, channels: i32, matrix: usize): void {
  const end = source + <usize>(pixels * channels);
  const r2 = two(matrix);
  const r1 = i32x4.splat(load<i32>(matrix, 8));
  const r0 = i32x4.splat(load<i32>(matrix, 12));
  const g2 = two(matrix + 16);
  const g1 = i32x4.splat(load<i32>(matrix, 24));
  const g0 = i32x4.splat(load<i32>(matrix, 28));
  const b2 = two(matrix + 32);
  const b1 = i32x4.splat(load<i32>(matrix, 40));
  const b0 = i32x4.splat(load<i32>(matrix, 44));
  // Sums come as four reds, four greens, four blues; alpha follows from the source.
  if (channels === 3) {
    const firsts = held(i8x16(0, Z, 1, Z, 3, Z, 4, Z, 6, Z, 7, Z, 9, Z, 10, Z));
    const thirds = held(i8x16(2, Z, Z, Z, 5, Z, Z, Z, 8, Z, Z, Z, 11, Z, Z, Z));
    const order = held(i8x16(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, Z, Z, Z, Z));
    for (let at = source, to = target; at < end; at += 12, to += 12) {
      const here = v128.load(at);
      const first = i8x16.swizzle(here, firsts);
      const third = i8x16.swizzle(here, thirds);
      const redGreen = i16x8.narrow_i32x4_s(sum(first, third, r2, r1, r0), sum(first, third, g2, g1, g0));
      const blue = i16x8.narrow_i32x4_s(sum(first, third, b2, b1, b0), i32x4.splat(0));
      const bytes = i8x16.narrow_i16x8_u(redGreen, blue);
      v128.store(to, i8x16.swizzle(bytes, order));
    }
    return;
  }
  const firsts = held(i8x16(0, Z, 1, Z, 4, Z, 5, Z, 8, Z, 9, Z, 12, Z, 13, Z));
  const thirds = held(i8x16(2, Z, Z, Z, 6, Z, Z, Z, 10, Z, Z, Z, 14, Z, Z, Z));
  const order = held(i8x16(0, 4, 8, Z, 1, 5, 9, Z, 2, 6, 10, Z, 3, 7, 11, Z));
  const alpha = held(i32x4.splat(0xff000000));
  for (let at = source, to = target; at < end; at += 16, to += 16) {
    const here = v128.load(at);
    const first = i8x16.swizzle(here, firsts);
    const third = i8x16.swizzle(here, thirds);
    const redGreen = i16x8.narrow_i32x4_s(sum(first, third, r2, r1, r0), sum(first, third, g2, g1, g0));
    const blue = i16x8.narrow_i32x4_s(sum(first, third, b2, b1, b0), i32x4.splat(0));
    const bytes = i8x16.narrow_i16x8_u(redGreen, blue);
    const colours = i8x16.swizzle(bytes, order);
    v128.store(to, v128.bitselect(here, colours, alpha));
  }
}

/** The first two weights side by side in each 32-bit lane. */
function two(row: usize): v128 {
  return i32x4.splat((load<i32>(row, 4) << 16) | (load<i32>(row) & 0xffff));
}

function sum(redGreen: v128, blue: v128, weights: v128, weight: v128, constant: v128): v128 {
  // The second factor of blue's pairs is zero, so only the lower half of its weight counts.
  const products = i32x4.add(i32x4.dot_i16x8_s(redGreen, weights), i32x4.dot_i16x8_s(blue, weight));
  return i32x4.shr_s(i32x4.add(products, constant), SHIFT);
}
