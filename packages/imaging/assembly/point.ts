import { held } from './held';

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
  const spread = held(i8x16(0, 1, 2, Z, 3, 4, 5, Z, 6, 7, 8, Z, 9, 10, 11, Z));
  const bytes = held(i16x8.splat(255));
  const half = held(i32x4.splat(1 << 14));
  for (let x = 0; x < pixels; x += 16) {
    const at = source + 3 * x;
    const a = i8x16.swizzle(v128.load(at), spread);
    const b = i8x16.swizzle(v128.load(at, 12), spread);
    const c = i8x16.swizzle(v128.load(at, 24), spread);
    const d = i8x16.swizzle(v128.load(at, 36), spread);
    const first = i16x8.narrow_i32x4_s(
      weighted(a, redBlue, greens, bytes, half),
      weighted(b, redBlue, greens, bytes, half),
    );
    const second = i16x8.narrow_i32x4_s(
      weighted(c, redBlue, greens, bytes, half),
      weighted(d, redBlue, greens, bytes, half),
    );
    v128.store(target + x, i8x16.narrow_i16x8_u(first, second));
  }
}

function grayOfRgba(source: usize, target: usize, pixels: i32, redBlue: v128, greens: v128): void {
  const bytes = held(i16x8.splat(255));
  const half = held(i32x4.splat(1 << 14));
  for (let x = 0; x < pixels; x += 8) {
    const at = source + 4 * x;
    const here = v128.load(at);
    const next = v128.load(at, 16);
    // Each 32-bit lane: the sum in its lower half, alpha in its upper one.
    const first = v128.or(weighted(here, redBlue, greens, bytes, half), i32x4.shl(i32x4.shr_u(here, 24), 16));
    const second = v128.or(weighted(next, redBlue, greens, bytes, half), i32x4.shl(i32x4.shr_u(next, 24), 16));
    v128.store(target + 2 * x, i8x16.narrow_i16x8_u(first, second));
  }
}

/** The weighted sums of four pixels of four bytes, in 32-bit lanes; the fourth does not count. */
function weighted(pixels: v128, redBlue: v128, greens: v128, bytes: v128, half: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(v128.and(pixels, bytes), redBlue),
    i32x4.dot_i16x8_s(i16x8.shr_u(pixels, 8), greens),
  );
  return i32x4.shr_u(i32x4.add(sum, half), 15);
}

/** 255 where the level exceeds `limit`, else 0; of 2 channels the second is kept. */
export function threshold(source: usize, target: usize, pixels: i32, channels: i32, limit: i32): void {
  const keep = held(channels === 2 ? i16x8.splat(-256) : i16x8.splat(0));
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
    // Two masks for each vector: what it has of its own, and what of a neighbour.
    const first = held(i8x16(2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, Z));
    const ofNext = held(i8x16(Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, 1));
    const middle = held(i8x16(0, Z, 4, 3, 2, 7, 6, 5, 10, 9, 8, 13, 12, 11, Z, 15));
    const ofLast = held(i8x16(Z, 15, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z));
    const ofThird = held(i8x16(Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, 0, Z));
    const third = held(i8x16(Z, 3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10, 15, 14, 13));
    const ofSecond = held(i8x16(14, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z));
    for (let at = source, to = target; at < end; at += 48, to += 48) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const ends = v128.or(i8x16.swizzle(a, ofLast), i8x16.swizzle(c, ofThird));
      v128.store(to, v128.or(i8x16.swizzle(a, first), i8x16.swizzle(b, ofNext)));
      v128.store(to, v128.or(i8x16.swizzle(b, middle), ends), 16);
      v128.store(to, v128.or(i8x16.swizzle(c, third), i8x16.swizzle(b, ofSecond)), 32);
    }
    return;
  }
  const order = held(i8x16(2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15));
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
