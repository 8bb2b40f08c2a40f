/** Sides up to which a row's columns are compared one by one: its results stay in the first-level cache. */
const SMALL: i32 = 7;
/** Bytes of a row that are walked down together: with all rows of a tile they stay in the first-level cache. */
const STRIP: i32 = 64;

/**
 * The brightest (or darkest) of `size` × `size` samples, by doubling: the extreme of 2n neighbours is that of two
 * neighbouring extremes of n, and of any number between n and 2n that of two that overlap. The source is overwritten.
 * `scratch`: one byte for each source sample of a row, and 64.
 */
export function morphology(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  size: i32,
  darkest: bool,
  scratch: usize,
): void {
  // The darkest are the inverse of the brightest of the inverses.
  const flip = i8x16.splat(darkest ? -1 : 0);
  const wide = samples + (size - 1) * channels;
  if (size <= SMALL) {
    for (let row = 0; row < rows; row++) {
      const line = source + row * sourceStride;
      const to = target + row * targetStride;
      if (size === 3 || size === 5) {
        extremeOfFew(line, sourceStride, wide, size, darkest, scratch);
        extremeOfFew(scratch, channels, samples, size, darkest, to);
      } else {
        extremeOfColumns(line, sourceStride, wide, size, scratch, flip);
        finishRow(scratch, to, samples, wide, size, channels, flip);
      }
    }
    return;
  }
  const sourceRows = rows + size - 1;
  for (let row = 0; row < sourceRows; row++) spreadRow(source + row * sourceStride, wide, size, channels, flip);
  for (let x = 0; x < samples; x += STRIP) {
    spreadStrip(source + x, sourceStride, target + x, targetStride, min(STRIP, samples - x), rows, size, flip);
  }
}

function spreadRow(line: usize, wide: i32, size: i32, channels: i32, flip: v128): void {
  for (let x = 0; x < wide; x += 16) v128.store(line + x, v128.xor(v128.load(line + x), flip));
  let reach = 1;
  while (reach < size) {
    const step = min(reach, size - reach);
    const offset = step * channels;
    for (let x = 0; x < wide; x += 16) {
      v128.store(line + x, i8x16.max_u(v128.load(line + x), v128.load(line + x + offset)));
    }
    reach += step;
  }
}

function spreadStrip(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  width: i32,
  rows: i32,
  size: i32,
  flip: v128,
): void {
  let reach = 1;
  let valid = rows + size - 1;
  while (reach < size) {
    const step = min(reach, size - reach);
    const offset = step * sourceStride;
    valid -= step;
    for (let row = 0, line = source; row < valid; row++, line += sourceStride) {
      for (let x = 0; x < width; x += 16) {
        v128.store(line + x, i8x16.max_u(v128.load(line + x), v128.load(line + x + offset)));
      }
    }
    reach += step;
  }
  for (let row = 0; row < rows; row++) {
    const line = source + row * sourceStride;
    for (let x = 0; x < width; x += 16) {
      v128.store(target + row * targetStride + x, v128.xor(v128.load(line + x), flip));
    }
  }
}

/** Extremes of three or five samples that are `step` bytes apart, `count` in all. */
function extremeOfFew(line: usize, step: i32, count: i32, size: i32, darkest: bool, target: usize): void {
  if (size === 3) {
    if (darkest) darkestOfThree(line, step, count, target);
    else brightestOfThree(line, step, count, target);
  } else {
    if (darkest) darkestOfFive(line, step, count, target);
    else brightestOfFive(line, step, count, target);
  }
}

function brightestOfThree(line: usize, step: i32, count: i32, target: usize): void {
  const third = 2 * step;
  for (let x = 0; x < count; x += 16) {
    const at = line + x;
    const two = i8x16.max_u(v128.load(at), v128.load(at + step));
    v128.store(target + x, i8x16.max_u(two, v128.load(at + third)));
  }
}

function brightestOfFive(line: usize, step: i32, count: i32, target: usize): void {
  const third = 2 * step;
  const fourth = 3 * step;
  const fifth = 4 * step;
  for (let x = 0; x < count; x += 16) {
    const at = line + x;
    const two = i8x16.max_u(v128.load(at), v128.load(at + step));
    const four = i8x16.max_u(v128.load(at + third), v128.load(at + fourth));
    v128.store(target + x, i8x16.max_u(i8x16.max_u(two, four), v128.load(at + fifth)));
  }
}

function darkestOfThree(line: usize, step: i32, count: i32, target: usize): void {
  const third = 2 * step;
  for (let x = 0; x < count; x += 16) {
    const at = line + x;
    const two = i8x16.min_u(v128.load(at), v128.load(at + step));
    v128.store(target + x, i8x16.min_u(two, v128.load(at + third)));
  }
}

function darkestOfFive(line: usize, step: i32, count: i32, target: usize): void {
  const third = 2 * step;
  const fourth = 3 * step;
  const fifth = 4 * step;
  for (let x = 0; x < count; x += 16) {
    const at = line + x;
    const two = i8x16.min_u(v128.load(at), v128.load(at + step));
    const four = i8x16.min_u(v128.load(at + third), v128.load(at + fourth));
    v128.store(target + x, i8x16.min_u(i8x16.min_u(two, four), v128.load(at + fifth)));
  }
}

function extremeOfColumns(line: usize, stride: i32, wide: i32, size: i32, row: usize, flip: v128): void {
  for (let x = 0; x < wide; x += 16) {
    let at = line + x;
    let best = v128.xor(v128.load(at), flip);
    for (let n = 1; n < size; n++) {
      at += stride;
      best = i8x16.max_u(best, v128.xor(v128.load(at), flip));
    }
    v128.store(row + x, best);
  }
}

function finishRow(row: usize, target: usize, samples: i32, wide: i32, size: i32, channels: i32, flip: v128): void {
  spreadRow(row, wide, size, channels, i8x16.splat(0));
  for (let x = 0; x < samples; x += 16) v128.store(target + x, v128.xor(v128.load(row + x), flip));
}
