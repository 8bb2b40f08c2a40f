/**
 * Means of the pixels at `steps` (32-bit distances from the middle, `count` of them), weighted by `near` (64-bit numbers, one for
 * each step) times `likeness` (64-bit numbers, by the sum of the differences of levels). `source` is that of the first pixel
 * itself.
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
  for (let x = 0; x < samples; x += channels) {
    const here = line + x;
    const middle = <i32>load<u8>(here);
    let sum: f64 = 0;
    let total: f64 = 0;
    for (let n = 0; n < count; n++) {
      const value = <i32>load<u8>(here + load<i32>(steps + (n << 2)));
      const weight = load<f64>(near + (n << 3)) * load<f64>(likeness + (abs(value - middle) << 3));
      sum += weight * <f64>value;
      total += weight;
    }
    store<u8>(target + x, <u8>(<i32>(sum / total + 0.5)));
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
  for (let x = 0; x < samples; x += channels) {
    const here = line + x;
    const red = <i32>load<u8>(here);
    const green = <i32>load<u8>(here, 1);
    const blue = <i32>load<u8>(here, 2);
    let two = f64x2.splat(0);
    let third = f64x2.splat(0);
    for (let n = 0; n < count; n++) {
      const at = here + load<i32>(steps + (n << 2));
      const r = <i32>load<u8>(at);
      const g = <i32>load<u8>(at, 1);
      const b = <i32>load<u8>(at, 2);
      const difference = abs(r - red) + abs(g - green) + abs(b - blue);
      const weight = f64x2.splat(load<f64>(near + (n << 3)) * load<f64>(likeness + (difference << 3)));
      two = f64x2.add(two, f64x2.mul(weight, f64x2(<f64>r, <f64>g)));
      // The second lane adds up the weights themselves.
      third = f64x2.add(third, f64x2.mul(weight, f64x2(<f64>b, 1)));
    }
    const total = f64x2.extract_lane(third, 1);
    store<u8>(target + x, <u8>(<i32>(f64x2.extract_lane(two, 0) / total + 0.5)));
    store<u8>(target + x, <u8>(<i32>(f64x2.extract_lane(two, 1) / total + 0.5)), 1);
    store<u8>(target + x, <u8>(<i32>(f64x2.extract_lane(third, 0) / total + 0.5)), 2);
  }
}
