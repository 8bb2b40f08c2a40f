import { interleaveHigh, interleaveLow } from './interleave';
import { classifyRow } from './non-maximum';

/** Sides of the picture that the tile lies at: bits of `edges`. */
const LEFT = 1;
const RIGHT = 2;
const TOP = 4;
const BOTTOM = 8;

/**
 * Classes of pixels for Canny's hysteresis: 0 none, 1 weak, 2 strong, one byte for each of `width` × `rows` pixels.
 *
 * The source reaches `size / 2 + 1` pixels beyond the tile on all sides; of its `channels` the first `colours` count.
 * `weights`: `size` + 1 16-bit weights that smooth, the last zero, then as many that differentiate. `shift`: gradients
 * are divided by 2 to this power (0 or 4), halves rounded to even. `scratch`: 256 bytes, as many as the source, and 48
 * for each of `width` + 32 pixels.
 */
export function canny(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  width: i32,
  rows: i32,
  channels: i32,
  colours: i32,
  size: i32,
  weights: usize,
  shift: i32,
  l2: bool,
  low: i32,
  high: i32,
  edges: i32,
  scratch: usize,
): void {
  const columns = width + 2;
  const wide = columns + size - 1;
  const planeStride = (wide + 31) & ~15;
  const planeRows = rows + 2 + size - 1;
  const plane = planeRows * planeStride;
  const planes = scratch + 256;
  makeMasks(scratch, channels, colours);
  for (let row = 0; row < planeRows; row++) {
    splitRow(source + row * sourceStride, wide, channels, colours, scratch, planes + row * planeStride, plane);
  }
  const smoothed = planes + colours * plane;
  const derived = smoothed + 2 * planeStride;
  // Three rows of gradients, each dx, dy and magnitude in 32 bits.
  const length = (columns + 15) & ~15;
  let above = derived + 2 * planeStride;
  let here = above + 12 * length;
  let below = here + 12 * length;
  for (let row = -1; row <= rows; row++) {
    const spare = above;
    above = here;
    here = below;
    below = spare;
    const magnitude = below + 8 * length;
    if ((row < 0 && (edges & TOP) !== 0) || (row === rows && (edges & BOTTOM) !== 0)) {
      memory.fill(magnitude, 0, 4 * length);
    } else {
      for (let colour = 0; colour < colours; colour++) {
        const line = planes + colour * plane + (row + 1) * planeStride;
        sumColumns(line, planeStride, wide, size, weights, smoothed, derived);
        sumRows(smoothed, derived, columns, size, weights, shift, l2, colour === 0, below, length);
      }
      if ((edges & LEFT) !== 0) store<i32>(magnitude, 0);
      if ((edges & RIGHT) !== 0) store<i32>(magnitude + 4 * (columns - 1), 0);
    }
    if (row > 0) classifyRow(above, here, below, length, width, low, high, target + (row - 1) * targetStride);
  }
}

/** Byte indices that take one colour's samples out of each of the `channels` vectors that hold 16 pixels. */
function makeMasks(masks: usize, channels: i32, colours: i32): void {
  for (let colour = 0; colour < colours; colour++) {
    for (let part = 0; part < channels; part++) {
      for (let pixel = 0; pixel < 16; pixel++) {
        const at = pixel * channels + colour;
        store<u8>(masks + ((colour * channels + part) << 4) + pixel, at >> 4 === part ? at & 15 : 255);
      }
    }
  }
}

/** Writes each colour of a row of interleaved pixels to its own plane. */
function splitRow(
  source: usize,
  pixels: i32,
  channels: i32,
  colours: i32,
  masks: usize,
  target: usize,
  plane: i32,
): void {
  for (let colour = 0; colour < colours; colour++) {
    const mask = masks + ((colour * channels) << 4);
    const line = target + colour * plane;
    for (let x = 0; x < pixels; x += 16) {
      let samples = i8x16.splat(0);
      for (let part = 0; part < channels; part++) {
        const vector = v128.load(source + x * channels + (part << 4));
        samples = v128.or(samples, i8x16.swizzle(vector, v128.load(mask + (part << 4))));
      }
      v128.store(line + x, samples);
    }
  }
}

/** Columns of `size` samples smoothed and differentiated, exact in 16 bits. */
function sumColumns(
  source: usize,
  stride: i32,
  wide: i32,
  size: i32,
  weights: usize,
  smoothed: usize,
  derived: usize,
): void {
  for (let x = 0; x < wide; x += 8) {
    let smooth = i16x8.splat(0);
    let derive = i16x8.splat(0);
    for (let tap = 0; tap < size; tap++) {
      const samples = v128.load8x8_u(source + tap * stride + x);
      const weight = weights + (tap << 1);
      smooth = i16x8.add(smooth, i16x8.mul(samples, v128.load16_splat(weight)));
      derive = i16x8.add(derive, i16x8.mul(samples, v128.load16_splat(weight + ((size + 1) << 1))));
    }
    v128.store(smoothed + (x << 1), smooth);
    v128.store(derived + (x << 1), derive);
  }
}

/** Gradients and magnitudes of a row of one colour; but for the first they replace only smaller magnitudes. */
function sumRows(
  smoothed: usize,
  derived: usize,
  columns: i32,
  size: i32,
  weights: usize,
  shift: i32,
  l2: bool,
  first: bool,
  out: usize,
  length: i32,
): void {
  const deriving = weights + ((size + 1) << 1);
  for (let x = 0; x < columns; x += 8) {
    let dx0 = i32x4.splat(0);
    let dx1 = dx0;
    let dy0 = dx0;
    let dy1 = dx0;
    for (let tap = 0; tap < size; tap += 2) {
      const at = (x + tap) << 1;
      const derive = v128.load32_splat(deriving + (tap << 1));
      let here = v128.load(smoothed + at);
      let next = v128.load(smoothed + at, 2);
      dx0 = i32x4.add(dx0, i32x4.dot_i16x8_s(interleaveLow(here, next), derive));
      dx1 = i32x4.add(dx1, i32x4.dot_i16x8_s(interleaveHigh(here, next), derive));
      const smooth = v128.load32_splat(weights + (tap << 1));
      here = v128.load(derived + at);
      next = v128.load(derived + at, 2);
      dy0 = i32x4.add(dy0, i32x4.dot_i16x8_s(interleaveLow(here, next), smooth));
      dy1 = i32x4.add(dy1, i32x4.dot_i16x8_s(interleaveHigh(here, next), smooth));
    }
    keepLarger(dx0, dy0, shift, l2, first, out + (x << 2), length);
    keepLarger(dx1, dy1, shift, l2, first, out + (x << 2) + 16, length);
  }
}

function keepLarger(sumX: v128, sumY: v128, shift: i32, l2: bool, first: bool, out: usize, length: i32): void {
  let dx = sumX;
  let dy = sumY;
  if (shift !== 0) {
    dx = roundHalfEven(dx);
    dy = roundHalfEven(dy);
  }
  let magnitude = l2 ? i32x4.add(i32x4.mul(dx, dx), i32x4.mul(dy, dy)) : i32x4.add(i32x4.abs(dx), i32x4.abs(dy));
  const outY = out + 4 * length;
  const outMagnitude = outY + 4 * length;
  if (!first) {
    const known = v128.load(outMagnitude);
    const larger = i32x4.gt_s(magnitude, known);
    dx = v128.bitselect(dx, v128.load(out), larger);
    dy = v128.bitselect(dy, v128.load(outY), larger);
    magnitude = i32x4.max_s(magnitude, known);
  }
  v128.store(out, dx);
  v128.store(outY, dy);
  v128.store(outMagnitude, magnitude);
}

/** Divides by 16, halves to even: just below a half is added to an even quotient, a half to an odd one. */
function roundHalfEven(value: v128): v128 {
  const odd = v128.and(i32x4.shr_s(value, 4), i32x4.splat(1));
  return i32x4.shr_s(i32x4.add(value, i32x4.add(odd, i32x4.splat(7))), 4);
}
