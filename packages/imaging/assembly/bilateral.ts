/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/**
 * Means of the pixels at `steps` (32-bit distances from the middle, `count` of them), weighted by `near` (32-bit numbers, one for
 * each step) times `likeness` (32-bit numbers, by the sum of the differences of levels). `source` is that of the first pixel
 * itself. Four pixels at a time.
 */
export function bilateral(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  steps: usize,
  near: usize,
  likeness: usize,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const line = source + row * sourceStride;
    const to = target + row * targetStride;
    if (channels < 3) grays(line, to, samples, channels, steps, near, likeness, count);
    else colours(line, to, samples, channels, steps, near, likeness, count);
  }
}

function grays(
  line: usize,
  target: usize,
  samples: i32,
  channels: i32,
  steps: usize,
  near: usize,
  likeness: usize,
  count: i32,
): void {
  const order =
    channels === 1
      ? i8x16(0, Z, Z, Z, 1, Z, Z, Z, 2, Z, Z, Z, 3, Z, Z, Z)
      : i8x16(0, Z, Z, Z, 2, Z, Z, Z, 4, Z, Z, Z, 6, Z, Z, Z);
  for (let x = 0; x < samples; x += 4 * channels) {
    const here = line + x;
    const middle = i8x16.swizzle(v128.load(here), order);
    let sum = f32x4.splat(0);
    let total = f32x4.splat(0);
    for (let n = 0; n < count; n++) {
      const values = i8x16.swizzle(v128.load(here + load<i32>(steps + (n << 2))), order);
      const weights = weightsOf(i32x4.abs(i32x4.sub(values, middle)), likeness, near + (n << 2));
      sum = f32x4.add(sum, f32x4.mul(weights, f32x4.convert_i32x4_s(values)));
      total = f32x4.add(total, weights);
    }
    storeLevels(target + x, samples - x, channels, level(sum, total));
  }
}

function colours(
  line: usize,
  target: usize,
  samples: i32,
  channels: i32,
  steps: usize,
  near: usize,
  likeness: usize,
  count: i32,
): void {
  const first =
    channels === 3
      ? i8x16(0, Z, Z, Z, 3, Z, Z, Z, 6, Z, Z, Z, 9, Z, Z, Z)
      : i8x16(0, Z, Z, Z, 4, Z, Z, Z, 8, Z, Z, Z, 12, Z, Z, Z);
  const one = i32x4.splat(1);
  const second = i8x16.add(first, one);
  const third = i8x16.add(second, one);
  for (let x = 0; x < samples; x += 4 * channels) {
    const here = line + x;
    const middle = v128.load(here);
    const red = i8x16.swizzle(middle, first);
    const green = i8x16.swizzle(middle, second);
    const blue = i8x16.swizzle(middle, third);
    let reds = f32x4.splat(0);
    let greens = f32x4.splat(0);
    let blues = f32x4.splat(0);
    let total = f32x4.splat(0);
    for (let n = 0; n < count; n++) {
      const pixels = v128.load(here + load<i32>(steps + (n << 2)));
      const r = i8x16.swizzle(pixels, first);
      const g = i8x16.swizzle(pixels, second);
      const b = i8x16.swizzle(pixels, third);
      const two = i32x4.add(i32x4.abs(i32x4.sub(r, red)), i32x4.abs(i32x4.sub(g, green)));
      const difference = i32x4.add(two, i32x4.abs(i32x4.sub(b, blue)));
      const weights = weightsOf(difference, likeness, near + (n << 2));
      reds = f32x4.add(reds, f32x4.mul(weights, f32x4.convert_i32x4_s(r)));
      greens = f32x4.add(greens, f32x4.mul(weights, f32x4.convert_i32x4_s(g)));
      blues = f32x4.add(blues, f32x4.mul(weights, f32x4.convert_i32x4_s(b)));
      total = f32x4.add(total, weights);
    }
    storeLevels(target + x, samples - x, channels, level(reds, total));
    storeLevels(target + x + 1, samples - x, channels, level(greens, total));
    storeLevels(target + x + 2, samples - x, channels, level(blues, total));
  }
}

/** Likeness of four pixels times one nearness. */
function weightsOf(differences: v128, likeness: usize, near: usize): v128 {
  let alike = v128.load32_zero(likeness + (i32x4.extract_lane(differences, 0) << 2));
  alike = v128.load32_lane(likeness + (i32x4.extract_lane(differences, 1) << 2), alike, 1);
  alike = v128.load32_lane(likeness + (i32x4.extract_lane(differences, 2) << 2), alike, 2);
  alike = v128.load32_lane(likeness + (i32x4.extract_lane(differences, 3) << 2), alike, 3);
  return f32x4.mul(v128.load32_splat(near), alike);
}

function level(sum: v128, total: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.div(sum, total), f32x4.splat(0.5)));
}

/** Writes a channel of four pixels, of those at a row's end as many as there are left. */
function storeLevels(to: usize, left: i32, channels: i32, levels: v128): void {
  store<u8>(to, <u8>i32x4.extract_lane(levels, 0));
  if (left > channels) store<u8>(to + channels, <u8>i32x4.extract_lane(levels, 1));
  if (left > 2 * channels) store<u8>(to + 2 * channels, <u8>i32x4.extract_lane(levels, 2));
  if (left > 3 * channels) store<u8>(to + 3 * channels, <u8>i32x4.extract_lane(levels, 3));
}
