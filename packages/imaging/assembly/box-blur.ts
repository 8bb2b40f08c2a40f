import { held } from './held';

/**
 * Means of squares of an odd side, at most 101, of a padded tile. Sums of columns slide down, in 16 bits, and their sum
 * slides along each row, in 32. `scratch`: 6 bytes for each of `samples + (size − 1) channels` samples, and 64.
 */
export function boxBlur(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  size: i32,
  scratch: usize,
): void {
  const reach = (size - 1) * channels;
  const wide = samples + reach;
  const columns = scratch;
  const sums = columns + ((<usize>((wide + 15) & ~15)) << 1);
  memory.fill(columns, 0, (<usize>((wide + 15) & ~15)) << 1);
  for (let row = 0; row < size - 1; row++) addRow(columns, source + row * sourceStride, wide);
  const area = size * size;
  for (let row = 0; row < rows; row++) {
    addRow(columns, source + (row + size - 1) * sourceStride, wide);
    for (let channel = 0; channel < channels; channel++) {
      slide(columns + (channel << 1), sums + (channel << 2), samples - channel, channels, reach, (area - 1) >> 1);
    }
    divide(sums, target + row * targetStride, samples, area);
    takeRow(columns, source + row * sourceStride, wide);
  }
}

function addRow(columns: usize, line: usize, wide: i32): void {
  for (let x = 0; x < wide; x += 8) {
    const at = columns + (x << 1);
    v128.store(at, i16x8.add(v128.load(at), v128.load8x8_u(line + x)));
  }
}

function takeRow(columns: usize, line: usize, wide: i32): void {
  for (let x = 0; x < wide; x += 8) {
    const at = columns + (x << 1);
    v128.store(at, i16x8.sub(v128.load(at), v128.load8x8_u(line + x)));
  }
}

/** Sums of `size` columns of one channel each, plus `half`. */
function slide(columns: usize, sums: usize, samples: i32, channels: i32, reach: i32, half: i32): void {
  let sum = half;
  for (let x = 0; x < reach; x += channels) sum += load<u16>(columns + (x << 1));
  const last = columns + (reach << 1);
  for (let x = 0; x < samples; x += channels) {
    sum += load<u16>(last + (x << 1));
    store<i32>(sums + (x << 2), sum);
    sum -= load<u16>(columns + (x << 1));
  }
}

/**
 * Quotients, rounded down. Half more than the dividend is at least a half from the next multiple of the divisor, which is
 * more than what 32-bit numbers err: all dividends of all sides up to 101 were tried.
 */
function divide(sums: usize, target: usize, samples: i32, area: i32): void {
  const inverse = f32x4.splat(<f32>1 / <f32>area);
  const half = held(f32x4.splat(0.5));
  for (let x = 0; x < samples; x += 16) {
    const at = sums + (x << 2);
    const first = i16x8.narrow_i32x4_s(
      quotient(v128.load(at), half, inverse),
      quotient(v128.load(at, 16), half, inverse),
    );
    const second = i16x8.narrow_i32x4_s(
      quotient(v128.load(at, 32), half, inverse),
      quotient(v128.load(at, 48), half, inverse),
    );
    v128.store(target + x, i8x16.narrow_i16x8_u(first, second));
  }
}

function quotient(sums: v128, half: v128, inverse: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(sums), half), inverse));
}
