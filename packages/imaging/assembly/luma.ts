import { held } from './held';

/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/** Y of OpenCV's 8-bit YCrCb of each pixel of 3 or 4 channels, one byte each. */
export function luma(source: usize, target: usize, pixels: i32, channels: i32): void {
  const first = held(firstOf(channels));
  const second = i8x16.add(first, i32x4.splat(1));
  const third = i8x16.add(first, i32x4.splat(2));
  const ofRed = held(i32x4.splat(4899));
  const ofGreen = held(i32x4.splat(9617));
  const ofBlue = held(i32x4.splat(1868));
  const half = held(i32x4.splat(8192));
  for (let x = 0; x < pixels; x += 4) {
    const here = v128.load(source + x * channels);
    const red = i8x16.swizzle(here, first);
    const green = i8x16.swizzle(here, second);
    const blue = i8x16.swizzle(here, third);
    const words = i16x8.narrow_i32x4_s(mixed(red, ofRed, green, ofGreen, blue, ofBlue, half), i32x4.splat(0));
    v128.store32_lane(target + x, i8x16.narrow_i16x8_u(words, words), 0);
  }
}

/** Gives each pixel of 3 or 4 channels the luma of `levels`, one byte each, and leaves its hue; alpha stays. */
export function withLuma(source: usize, levels: usize, target: usize, pixels: i32, channels: i32): void {
  const first = held(firstOf(channels));
  const second = i8x16.add(first, i32x4.splat(1));
  const third = i8x16.add(first, i32x4.splat(2));
  const rgb = channels === 3;
  // Colours come as four reds, four greens, four blues.
  const order = rgb
    ? i8x16(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, Z, Z, Z, Z)
    : i8x16(0, 4, 8, Z, 1, 5, 9, Z, 2, 6, 10, Z, 3, 7, 11, Z);
  const alpha = rgb ? i32x4.splat(0) : i32x4.splat(0xff000000);
  const ofRed = held(i32x4.splat(4899));
  const ofGreen = held(i32x4.splat(9617));
  const ofBlue = held(i32x4.splat(1868));
  const half = held(i32x4.splat(8192));
  const middle = held(i32x4.splat((128 << 14) + 8192));
  const most = held(i32x4.splat(255));
  const neutral = held(i32x4.splat(128));
  const toCr = held(i32x4.splat(11682));
  const toCb = held(i32x4.splat(9241));
  // Factors have zeros above their 16 bits: products of the lower halves of 32-bit lanes are all that is added.
  const redOfCr = held(i32x4.splat(22987));
  const greenOfCb = held(i32x4.splat(-5636 & 0xffff));
  const greenOfCr = held(i32x4.splat(-11698 & 0xffff));
  const blueOfCb = held(i32x4.splat(29049));
  for (let x = 0; x < pixels; x += 4) {
    const at = x * channels;
    const here = v128.load(source + at);
    const red = i8x16.swizzle(here, first);
    const green = i8x16.swizzle(here, second);
    const blue = i8x16.swizzle(here, third);
    const old = mixed(red, ofRed, green, ofGreen, blue, ofBlue, half);
    const cr = chroma(i32x4.dot_i16x8_s(i32x4.sub(red, old), toCr), middle, most, neutral);
    const cb = chroma(i32x4.dot_i16x8_s(i32x4.sub(blue, old), toCb), middle, most, neutral);
    const y = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(levels + x)));
    const r = i32x4.add(y, rounded(i32x4.dot_i16x8_s(cr, redOfCr), half));
    const g = i32x4.add(
      y,
      rounded(i32x4.add(i32x4.dot_i16x8_s(cb, greenOfCb), i32x4.dot_i16x8_s(cr, greenOfCr)), half),
    );
    const b = i32x4.add(y, rounded(i32x4.dot_i16x8_s(cb, blueOfCb), half));
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

/** A weighted sum with weights in 1/2¹⁴. */
function mixed(red: v128, ofRed: v128, green: v128, ofGreen: v128, blue: v128, ofBlue: v128, half: v128): v128 {
  const two = i32x4.add(i32x4.dot_i16x8_s(red, ofRed), i32x4.dot_i16x8_s(green, ofGreen));
  return rounded(i32x4.add(two, i32x4.dot_i16x8_s(blue, ofBlue)), half);
}

/** Rounds numbers in 1/2¹⁴. */
function rounded(values: v128, half: v128): v128 {
  return i32x4.shr_s(i32x4.add(values, half), 14);
}

/** A difference of colours, in 1/2¹⁴, as YCrCb stores it, less the 128 in the middle. */
function chroma(difference: v128, middle: v128, most: v128, neutral: v128): v128 {
  const stored = i32x4.shr_s(i32x4.add(difference, middle), 14);
  return i32x4.sub(i32x4.min_s(i32x4.max_s(stored, i32x4.splat(0)), most), neutral);
}
