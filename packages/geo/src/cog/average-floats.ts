/**
 * The mean of those of each 2 × 2 pixels that are numbers, NaN where none is: what averagePixels gives of float32 whose
 * nodata is NaN, many times as fast.
 */
export function averageFloats(
  source: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
  target: Float32Array,
): void {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  for (let row = 0; row < rows; row++) {
    const to = row * columns;
    const top = row * 2 * width;
    const isWhole = row * 2 + 1 < height;
    const inner = isWhole ? width >> 1 : 0;
    for (let column = 0, at = top; column < inner; column++, at += 2) {
      // In raster order, from 0 on: sums of floats depend on it, and so does the sign of zero.
      const sum = 0 + source[at]! + source[at + 1]! + source[at + width]! + source[at + width + 1]!;
      target[to + column] = Number.isNaN(sum) ? meanOf(source, at, 2, isWhole, width) : sum / 4;
    }
    for (let column = inner; column < columns; column++)
      target[to + column] = meanOf(source, top + column * 2, Math.min(2, width - column * 2), isWhole, width);
  }
}

/** The mean of the numbers among the pixels from `at` on, of one or two columns and rows. */
function meanOf(source: Float32Array, at: number, columns: number, isWhole: boolean, width: number): number {
  let sum = 0;
  let count = 0;
  for (let first = at; first <= (isWhole ? at + width : at); first += width) {
    for (let pixel = first; pixel < first + columns; pixel++) {
      const value = source[pixel]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
  }
  return count === 0 ? NaN : sum / count;
}
