/** Sides up to which a row's columns are compared one by one: its results stay in the first-level cache. */
const SMALL: i32 = 7;
/** Bytes of a row that are walked down together: with all rows of a tile they stay in the first-level cache. */
const STRIP: i32 = 64;

/**
 * The brightest (or darkest) of `size` × `size` samples, by doubling: the extreme of 2n neighbours is that of two
 * neighbouring extremes of n, and of any number between n and 2n that of two that overlap. The source is overwritten.
 * `scratch`: two bytes for each source sample of a row, and 192.
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
  if (size === 3 || size === 5) {
    const five = size === 5;
    if (darkest) few<Darkest>(source, sourceStride, target, targetStride, samples, rows, channels, five, scratch);
    else few<Brightest>(source, sourceStride, target, targetStride, samples, rows, channels, five, scratch);
    return;
  }
  if (size <= SMALL) {
    for (let row = 0; row < rows; row++) {
      const line = source + row * sourceStride;
      const to = target + row * targetStride;
      extremeOfColumns(line, sourceStride, wide, size, scratch, flip);
      finishRow(scratch, to, samples, wide, size, channels, flip);
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

/** Stand for the two extremes where a function is compiled once for each. */
type Brightest = i8;
type Darkest = u8;

function extreme<Which>(a: v128, b: v128): v128 {
  return isSigned<Which>() ? i8x16.max_u(a, b) : i8x16.min_u(a, b);
}

/** Three or five samples a side: two rows at once, which share all but their outermost rows. */
function few<Which>(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  five: bool,
  scratch: usize,
): void {
  const wide = samples + (five ? 4 : 2) * channels;
  const second = scratch + ((wide + 63) & ~31);
  for (let row = 0; row < rows; row += 2) {
    // Of an odd number of rows the last is computed twice.
    const first = min(row, max(0, rows - 2));
    const line = source + first * sourceStride;
    // A tile of one row has no further one below its reach.
    const next = rows > 1 ? sourceStride : 0;
    if (five) columnsOfFive<Which>(line, sourceStride, next, wide, scratch, second);
    else columnsOfThree<Which>(line, sourceStride, next, wide, scratch, second);
    const to = target + first * targetStride;
    rowOfFew<Which>(scratch, channels, samples, five, to);
    if (rows > 1) rowOfFew<Which>(second, channels, samples, five, to + targetStride);
  }
}

function columnsOfThree<Which>(line: usize, stride: i32, next: i32, wide: i32, first: usize, second: usize): void {
  const third = 2 * stride;
  const fourth = third + next;
  // Two vectors at once: half as many turns of the loop, each of which looks whether it is to be interrupted.
  for (let x = 0; x < wide; x += 32) {
    const at = line + x;
    const shared = extreme<Which>(v128.load(at + stride), v128.load(at + third));
    const further = extreme<Which>(v128.load(at + stride, 16), v128.load(at + third, 16));
    v128.store(first + x, extreme<Which>(v128.load(at), shared));
    v128.store(first + x, extreme<Which>(v128.load(at, 16), further), 16);
    v128.store(second + x, extreme<Which>(shared, v128.load(at + fourth)));
    v128.store(second + x, extreme<Which>(further, v128.load(at + fourth, 16)), 16);
  }
}

function columnsOfFive<Which>(line: usize, stride: i32, next: i32, wide: i32, first: usize, second: usize): void {
  const third = 2 * stride;
  const fourth = 3 * stride;
  const fifth = 4 * stride;
  const sixth = fifth + next;
  for (let x = 0; x < wide; x += 16) {
    const at = line + x;
    const upper = extreme<Which>(v128.load(at + stride), v128.load(at + third));
    const lower = extreme<Which>(v128.load(at + fourth), v128.load(at + fifth));
    const shared = extreme<Which>(upper, lower);
    v128.store(first + x, extreme<Which>(v128.load(at), shared));
    v128.store(second + x, extreme<Which>(shared, v128.load(at + sixth)));
  }
}

function rowOfFew<Which>(line: usize, channels: i32, samples: i32, five: bool, target: usize): void {
  const third = 2 * channels;
  if (five) {
    const fourth = 3 * channels;
    const fifth = 4 * channels;
    for (let x = 0; x < samples; x += 16) {
      const at = line + x;
      const two = extreme<Which>(v128.load(at), v128.load(at + channels));
      const four = extreme<Which>(v128.load(at + third), v128.load(at + fourth));
      v128.store(target + x, extreme<Which>(extreme<Which>(two, four), v128.load(at + fifth)));
    }
    return;
  }
  for (let x = 0; x < samples; x += 64) {
    const at = line + x;
    const to = target + x;
    const a = extreme<Which>(v128.load(at), v128.load(at + channels));
    const b = extreme<Which>(v128.load(at, 16), v128.load(at + channels, 16));
    const c = extreme<Which>(v128.load(at, 32), v128.load(at + channels, 32));
    const d = extreme<Which>(v128.load(at, 48), v128.load(at + channels, 48));
    v128.store(to, extreme<Which>(a, v128.load(at + third)));
    v128.store(to, extreme<Which>(b, v128.load(at + third, 16)), 16);
    v128.store(to, extreme<Which>(c, v128.load(at + third, 32)), 32);
    v128.store(to, extreme<Which>(d, v128.load(at + third, 48)), 48);
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
