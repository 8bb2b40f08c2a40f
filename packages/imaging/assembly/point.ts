/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/**
 * A weighted sum of RGB (3 channels) or RGBA (4, giving gray and alpha), at most 255; weights in 1/2¹⁵, each less than 1.
 * `target` may be `source`.
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
  const redBlue = i32x4.splat((blue << 16) | red);
  const greens = i32x4.splat(green);
  if (channels === 3) grayOfRgb(source, target, pixels, redBlue, greens);
  else grayOfRgba(source, target, pixels, redBlue, greens);
}

function grayOfRgb(source: usize, target: usize, pixels: i32, redBlue: v128, greens: v128): void {
  // Masks that are written where they are used cost one instruction, others three.
  for (let x = 0; x < pixels; x += 16) {
    const at = source + 3 * x;
    const a = i8x16.swizzle(v128.load(at), i8x16(0, 1, 2, Z, 3, 4, 5, Z, 6, 7, 8, Z, 9, 10, 11, Z));
    const b = i8x16.swizzle(v128.load(at, 12), i8x16(0, 1, 2, Z, 3, 4, 5, Z, 6, 7, 8, Z, 9, 10, 11, Z));
    const c = i8x16.swizzle(v128.load(at, 24), i8x16(0, 1, 2, Z, 3, 4, 5, Z, 6, 7, 8, Z, 9, 10, 11, Z));
    const d = i8x16.swizzle(v128.load(at, 36), i8x16(0, 1, 2, Z, 3, 4, 5, Z, 6, 7, 8, Z, 9, 10, 11, Z));
    const first = i16x8.narrow_i32x4_s(weighted(a, redBlue, greens), weighted(b, redBlue, greens));
    const second = i16x8.narrow_i32x4_s(weighted(c, redBlue, greens), weighted(d, redBlue, greens));
    v128.store(target + x, i8x16.narrow_i16x8_u(first, second));
  }
}

function grayOfRgba(source: usize, target: usize, pixels: i32, redBlue: v128, greens: v128): void {
  for (let x = 0; x < pixels; x += 8) {
    const at = source + 4 * x;
    const here = v128.load(at);
    const next = v128.load(at, 16);
    // Each 32-bit lane: the sum in its lower half, alpha in its upper one.
    const first = v128.or(weighted(here, redBlue, greens), i32x4.shl(i32x4.shr_u(here, 24), 16));
    const second = v128.or(weighted(next, redBlue, greens), i32x4.shl(i32x4.shr_u(next, 24), 16));
    v128.store(target + 2 * x, i8x16.narrow_i16x8_u(first, second));
  }
}

/** The weighted sums of four pixels of four bytes, in 32-bit lanes; the fourth does not count. */
function weighted(pixels: v128, redBlue: v128, greens: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(v128.and(pixels, i16x8.splat(255)), redBlue),
    i32x4.dot_i16x8_s(i16x8.shr_u(pixels, 8), greens),
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

/** Exchanges the first and third of 3 or 4 channels. `target` may be `source`. */
export function swapRedBlue(source: usize, target: usize, pixels: i32, channels: i32): void {
  const end = source + <usize>(pixels * channels);
  if (channels === 3) {
    for (let at = source, to = target; at < end; at += 48, to += 48) {
      const first = v128.load(at);
      const second = v128.load(at, 16);
      const third = v128.load(at, 32);
      v128.store(to, i8x16.shuffle(first, second, 2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 17));
      // The middle has one byte of each of its neighbours.
      const two = i8x16.shuffle(second, third, 0, 0, 4, 3, 2, 7, 6, 5, 10, 9, 8, 13, 12, 11, 16, 15);
      v128.store(to, i8x16.shuffle(two, first, 0, 31, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), 16);
      v128.store(to, i8x16.shuffle(second, third, 14, 19, 18, 17, 22, 21, 20, 25, 24, 23, 28, 27, 26, 31, 30, 29), 32);
    }
    return;
  }
  const order = i8x16(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
  for (let at = source, to = target; at < end; at += 16, to += 16) {
    v128.store(to, i8x16.swizzle(v128.load(at), order));
  }
}

/** Flips the bits that `mask`, four bytes which are repeated, has set. `target` may be `source`. */
export function invert(source: usize, target: usize, pixels: i32, channels: i32, mask: i32): void {
  const flip = i32x4.splat(mask);
  const bytes = pixels * channels;
  for (let x = 0; x < bytes; x += 64) {
    const at = source + x;
    const to = target + x;
    const first = v128.xor(v128.load(at), flip);
    const second = v128.xor(v128.load(at, 16), flip);
    const third = v128.xor(v128.load(at, 32), flip);
    const fourth = v128.xor(v128.load(at, 48), flip);
    v128.store(to, first);
    v128.store(to, second, 16);
    v128.store(to, third, 32);
    v128.store(to, fourth, 48);
  }
}
