/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/** Y of OpenCV's 8-bit YCrCb of each pixel of 3 or 4 channels, one byte each. */
export function luma(source: usize, target: usize, pixels: i32, channels: i32): void {
  const first = firstOf(channels);
  for (let x = 0; x < pixels; x += 4) {
    const here = v128.load(source + x * channels);
    const words = i16x8.narrow_i32x4_s(lumaOf(here, first), i32x4.splat(0));
    v128.store32_lane(target + x, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Gives each pixel of 3 or 4 channels the luma of `levels`, one byte each, and leaves its hue; alpha stays. */
export function withLuma(source: usize, levels: usize, target: usize, pixels: i32, channels: i32): void {
  const first = firstOf(channels);
  const rgb = channels === 3;
  // Colours come as four reds, four greens, four blues.
  const order = rgb
    ? i8x16(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, Z, Z, Z, Z)
    : i8x16(0, 4, 8, Z, 1, 5, 9, Z, 2, 6, 10, Z, 3, 7, 11, Z);
  const alpha = rgb ? i32x4.splat(0) : i32x4.splat(0xff000000);
  for (let x = 0; x < pixels; x += 4) {
    const at = x * channels;
    const here = v128.load(source + at);
    const old = lumaOf(here, first);
    const red = i8x16.swizzle(here, first);
    const blue = i8x16.swizzle(here, i8x16.add(first, i32x4.splat(2)));
    const cr = chroma(i32x4.sub(red, old), 11682);
    const cb = chroma(i32x4.sub(blue, old), 9241);
    const y = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(levels + x)));
    const r = i32x4.add(y, rounded(i32x4.mul(cr, i32x4.splat(22987))));
    const mixed = i32x4.add(i32x4.mul(cb, i32x4.splat(-5636)), i32x4.mul(cr, i32x4.splat(-11698)));
    const g = i32x4.add(y, rounded(mixed));
    const b = i32x4.add(y, rounded(i32x4.mul(cb, i32x4.splat(29049))));
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(r, g), i16x8.narrow_i32x4_s(b, b));
    v128.store(target + at, v128.bitselect(here, i8x16.swizzle(bytes, order), alpha));
  }
}

/** Where the first channels of four pixels lie, in 32-bit lanes. */
function firstOf(channels: i32): v128 {
  return channels === 3
    ? i8x16(0, Z, Z, Z, 3, Z, Z, Z, 6, Z, Z, Z, 9, Z, Z, Z)
    : i8x16(0, Z, Z, Z, 4, Z, Z, Z, 8, Z, Z, Z, 12, Z, Z, Z);
}

function lumaOf(pixels: v128, first: v128): v128 {
  const second = i8x16.add(first, i32x4.splat(1));
  const third = i8x16.add(first, i32x4.splat(2));
  const red = i32x4.mul(i8x16.swizzle(pixels, first), i32x4.splat(4899));
  const green = i32x4.mul(i8x16.swizzle(pixels, second), i32x4.splat(9617));
  const blue = i32x4.mul(i8x16.swizzle(pixels, third), i32x4.splat(1868));
  return rounded(i32x4.add(i32x4.add(red, green), blue));
}

/** Rounds numbers in 1/2¹⁴. */
function rounded(values: v128): v128 {
  return i32x4.shr_s(i32x4.add(values, i32x4.splat(8192)), 14);
}

/** A difference of colours as YCrCb stores it, less the 128 in the middle. */
function chroma(differences: v128, factor: i32): v128 {
  const stored = rounded(i32x4.add(i32x4.mul(differences, i32x4.splat(factor)), i32x4.splat(128 << 14)));
  const bounded = i32x4.min_s(i32x4.max_s(stored, i32x4.splat(0)), i32x4.splat(255));
  return i32x4.sub(bounded, i32x4.splat(128));
}
