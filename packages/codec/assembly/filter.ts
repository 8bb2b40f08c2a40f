/**
 * Filters `rows` rows of `length` bytes each that lie one after another at `source`, the row above them before the first
 * one, by PNG filter `kind` (PNG specification, section 9.2): 0 None, 1 Sub, 2 Up, 3 Average, 4 Paeth. Each filtered row
 * begins with the filter's number. 16 bytes behind source and target must be free to read and write.
 *
 * @param step bytes of a pixel.
 */
export function filterRows(kind: i32, source: usize, length: i32, rows: i32, step: i32, target: usize): void {
  let from = source;
  let to = target;
  for (let row = 0; row < rows; row += 1) {
    store<u8>(to, <u8>kind);
    to += 1;
    if (kind === 0) memory.copy(to, from, length);
    else if (kind === 1) subtractLeft(from, length, step, to);
    else if (kind === 2) subtractAbove(from, length, to);
    else if (kind === 3) subtractMean(from, length, step, to);
    else subtractPaeth(from, length, step, to);
    from += length;
    to += length;
  }
}

function subtractLeft(from: usize, length: i32, step: i32, to: usize): void {
  memory.copy(to, from, min(step, length));
  for (let i = step; i < length; i += 16) {
    v128.store(to + i, i8x16.sub(v128.load(from + i), v128.load(from + i - step)));
  }
}

function subtractAbove(from: usize, length: i32, to: usize): void {
  const above = from - length;
  for (let i = 0; i < length; i += 16) v128.store(to + i, i8x16.sub(v128.load(from + i), v128.load(above + i)));
}

function subtractMean(from: usize, length: i32, step: i32, to: usize): void {
  const above = from - length;
  for (let i = 0; i < min(step, length); i += 1) store<u8>(to + i, load<u8>(from + i) - (load<u8>(above + i) >> 1));
  const ones = i8x16.splat(1);
  for (let i = step; i < length; i += 16) {
    const a = v128.load(from + i - step);
    const b = v128.load(above + i);
    // The instruction rounds up, the filter down.
    const mean = i8x16.sub(i8x16.avgr_u(a, b), v128.and(v128.xor(a, b), ones));
    v128.store(to + i, i8x16.sub(v128.load(from + i), mean));
  }
}

function subtractPaeth(from: usize, length: i32, step: i32, to: usize): void {
  const above = from - length;
  // With nothing to the left the predictor is the byte above.
  for (let i = 0; i < min(step, length); i += 1) store<u8>(to + i, load<u8>(from + i) - load<u8>(above + i));
  for (let i = step; i < length; i += 16) {
    const a = v128.load(from + i - step);
    const b = v128.load(above + i);
    const c = v128.load(above + i - step);
    const low = paeth(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b), i16x8.extend_low_i8x16_u(c));
    const high = paeth(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b), i16x8.extend_high_i8x16_u(c));
    v128.store(to + i, i8x16.sub(v128.load(from + i), i8x16.narrow_i16x8_u(low, high)));
  }
}

/** Of left, above and upper left the one that is nearest to left + above - upper left; the first of equals. */
function paeth(a: v128, b: v128, c: v128): v128 {
  const toB = i16x8.sub(b, c);
  const toA = i16x8.sub(a, c);
  const distanceA = i16x8.abs(toB);
  const distanceB = i16x8.abs(toA);
  const distanceC = i16x8.abs(i16x8.add(toA, toB));
  const least = i16x8.min_s(distanceC, i16x8.min_s(distanceA, distanceB));
  const bOrC = v128.bitselect(b, c, i16x8.eq(least, distanceB));
  return v128.bitselect(a, bOrC, i16x8.eq(least, distanceA));
}
