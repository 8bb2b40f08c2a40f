/** Samples that are computed at once. */
const STEP: i32 = 64;

/**
 * The level of a rank, counted from 0 at the darkest, among `size` × `size` samples, at most 15 × 15, bit by bit from the
 * highest: a level is as bright as a candidate if no more than `rank` samples are darker. The source is overwritten: its
 * levels are made signed, which are compared in one step.
 */
export function rank(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  size: i32,
  place: i32,
): void {
  const sign = i8x16.splat(-128);
  const wide = samples + (size - 1) * channels;
  const sourceRows = rows + size - 1;
  for (let row = 0; row < sourceRows; row++) {
    const line = source + row * sourceStride;
    for (let x = 0; x < wide; x += 16) v128.store(line + x, v128.xor(v128.load(line + x), sign));
  }
  for (let row = 0; row < rows; row++) {
    const line = source + row * sourceStride;
    for (let x = 0; x < samples; x += STEP) {
      rankOf(line + x, sourceStride, channels, size, place, target + row * targetStride + x);
    }
  }
}

function rankOf(source: usize, stride: i32, channels: i32, size: i32, place: i32, target: usize): void {
  const sign = i8x16.splat(-128);
  const most = i8x16.splat(<i8>place);
  const reach = size * channels;
  let level0 = sign;
  let level1 = sign;
  let level2 = sign;
  let level3 = sign;
  for (let bit: i32 = 128; bit > 0; bit >>= 1) {
    const step = i8x16.splat(<i8>bit);
    const candidate0 = v128.xor(level0, step);
    const candidate1 = v128.xor(level1, step);
    const candidate2 = v128.xor(level2, step);
    const candidate3 = v128.xor(level3, step);
    let darker0 = i8x16.splat(0);
    let darker1 = darker0;
    let darker2 = darker0;
    let darker3 = darker0;
    let line = source;
    for (let tap = 0; tap < size; tap++) {
      const end = line + reach;
      for (let at = line; at < end; at += channels) {
        darker0 = i8x16.sub(darker0, i8x16.gt_s(candidate0, v128.load(at)));
        darker1 = i8x16.sub(darker1, i8x16.gt_s(candidate1, v128.load(at, 16)));
        darker2 = i8x16.sub(darker2, i8x16.gt_s(candidate2, v128.load(at, 32)));
        darker3 = i8x16.sub(darker3, i8x16.gt_s(candidate3, v128.load(at, 48)));
      }
      line += stride;
    }
    level0 = v128.bitselect(candidate0, level0, i8x16.le_u(darker0, most));
    level1 = v128.bitselect(candidate1, level1, i8x16.le_u(darker1, most));
    level2 = v128.bitselect(candidate2, level2, i8x16.le_u(darker2, most));
    level3 = v128.bitselect(candidate3, level3, i8x16.le_u(darker3, most));
  }
  v128.store(target, v128.xor(level0, sign));
  v128.store(target, v128.xor(level1, sign), 16);
  v128.store(target, v128.xor(level2, sign), 32);
  v128.store(target, v128.xor(level3, sign), 48);
}
