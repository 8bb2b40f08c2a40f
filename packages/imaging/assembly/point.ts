/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/**
 * A weighted sum of RGB (3 channels) or RGBA (4, giving gray and alpha), at most 255; weights in 1/2¹⁵, each less than 1.
 */
export function grayscale(
  source: usize,
  target: usize,
  pixels: i32,
  channels: i32,
  red: i32,
  green: i32,
  blue: i32,
): void {
  const two = i32x4.splat((green << 16) | red);
  const third = i32x4.splat(blue);
  if (channels === 3) grayOfRgb(source, target, pixels, two, third);
  else grayOfRgba(source, target, pixels, two, third);
}

function grayOfRgb(source: usize, target: usize, pixels: i32, two: v128, third: v128): void {
  const redGreen = i8x16(0, Z, 1, Z, 3, Z, 4, Z, 6, Z, 7, Z, 9, Z, 10, Z);
  const blue = i8x16(2, Z, Z, Z, 5, Z, Z, Z, 8, Z, Z, Z, 11, Z, Z, Z);
  for (let x = 0; x < pixels; x += 16) {
    const at = source + 3 * x;
    const a = weighted(v128.load(at), redGreen, blue, two, third);
    const b = weighted(v128.load(at, 12), redGreen, blue, two, third);
    const c = weighted(v128.load(at, 24), redGreen, blue, two, third);
    const d = weighted(v128.load(at, 36), redGreen, blue, two, third);
    const sums = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
    v128.store(target + x, sums);
  }
}

function grayOfRgba(source: usize, target: usize, pixels: i32, two: v128, third: v128): void {
  const redGreen = i8x16(0, Z, 1, Z, 4, Z, 5, Z, 8, Z, 9, Z, 12, Z, 13, Z);
  const blue = i8x16(2, Z, Z, Z, 6, Z, Z, Z, 10, Z, Z, Z, 14, Z, Z, Z);
  for (let x = 0; x < pixels; x += 8) {
    const at = source + 4 * x;
    const here = v128.load(at);
    const next = v128.load(at, 16);
    // Each 32-bit lane: the sum in its lower half, alpha in its upper one.
    const first = v128.or(weighted(here, redGreen, blue, two, third), i32x4.shl(i32x4.shr_u(here, 24), 16));
    const second = v128.or(weighted(next, redGreen, blue, two, third), i32x4.shl(i32x4.shr_u(next, 24), 16));
    v128.store(target + 2 * x, i8x16.narrow_i16x8_u(first, second));
  }
}

/** The weighted sums of four pixels in 32-bit lanes. */
function weighted(pixels: v128, redGreen: v128, blue: v128, two: v128, third: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(i8x16.swizzle(pixels, redGreen), two),
    i32x4.dot_i16x8_s(i8x16.swizzle(pixels, blue), third),
  );
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(1 << 14)), 15);
}

/** 255 where the level exceeds `limit`, else 0; of 2 channels the second is kept. */
export function threshold(source: usize, target: usize, pixels: i32, channels: i32, limit: i32): void {
  const keep = channels === 2 ? i16x8.splat(-256) : i16x8.splat(0);
  const limits = i8x16.splat(<i8>limit);
  const bytes = pixels * channels;
  for (let x = 0; x < bytes; x += 16) {
    const levels = v128.load(source + x);
    v128.store(target + x, v128.bitselect(levels, i8x16.gt_u(levels, limits), keep));
  }
}

/** Exchanges the first and third of 3 or 4 channels. */
export function swapRedBlue(source: usize, target: usize, pixels: i32, channels: i32): void {
  const bytes = pixels * channels;
  if (channels === 3) {
    // Five pixels at a time; the sixteenth byte is written again by the next ones.
    const order = i8x16(2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 15);
    for (let x = 0; x < bytes; x += 15) v128.store(target + x, i8x16.swizzle(v128.load(source + x), order));
  } else {
    const order = i8x16(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
    for (let x = 0; x < bytes; x += 16) v128.store(target + x, i8x16.swizzle(v128.load(source + x), order));
  }
}
