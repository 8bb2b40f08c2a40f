/**
 * The mean of the numbers among each 2 × 2 of single precision: summed up in raster order, from 0 on, in double
 * precision, and rounded once; NaN where none is a number.
 *
 * @param rows pairs of rows, which lie one after another.
 * @param width numbers of a row; where it is odd the last column is left out.
 */
export function halveFloats(from: usize, to: usize, rows: i32, width: i32): void {
  const columns = width >> 1;
  const rowBytes = (<usize>width) << 2;
  const zero = f64x2.splat(0);
  const quarter = f64x2.splat(0.25);
  for (let row = 0; row < rows; row++, from += rowBytes << 1, to += (<usize>columns) << 2) {
    let column = 0;
    for (; column + 2 <= columns; column += 2) {
      const at = from + ((<usize>column) << 3);
      const above = v128.load(at);
      const below = v128.load(at + rowBytes);
      let sum = f64x2.add(zero, f64x2.promote_low_f32x4(v128.shuffle<u32>(above, above, 0, 2, 0, 2)));
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<u32>(above, above, 1, 3, 1, 3)));
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<u32>(below, below, 0, 2, 0, 2)));
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<u32>(below, below, 1, 3, 1, 3)));
      if (v128.any_true(f64x2.ne(sum, sum))) {
        store<f32>(to + ((<usize>column) << 2), meanOfNumbers(at, rowBytes));
        store<f32>(to + ((<usize>column) << 2) + 4, meanOfNumbers(at + 8, rowBytes));
      } else v128.store64_lane(to + ((<usize>column) << 2), f32x4.demote_f64x2_zero(f64x2.mul(sum, quarter)), 0);
    }
    if (column < columns)
      store<f32>(to + ((<usize>column) << 2), meanOfNumbers(from + ((<usize>column) << 3), rowBytes));
  }
}

function meanOfNumbers(at: usize, rowBytes: usize): f32 {
  let sum: f64 = 0;
  let count: f64 = 0;
  for (let pixel = 0; pixel < 4; pixel++) {
    const value = load<f32>(at + ((pixel & 1) << 2) + (pixel >> 1) * rowBytes);
    if (value !== value) continue;
    sum += value;
    count++;
  }
  const mean = sum / count;
  // One NaN for all: others have other bits.
  return mean !== mean ? reinterpret<f32>(0x7fc00000) : <f32>mean;
}
