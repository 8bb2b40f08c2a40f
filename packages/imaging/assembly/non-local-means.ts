/** Indices of `i8x16.swizzle` that give zero. */
const Z: i8 = -1;

/**
 * Non-local means of a padded tile; see denoise-tile.ts, whose steps these are. `template` and `search` are radii. `table`:
 * `count` weights of 32 bits by the distance shifted right. `scratch`: 8 bytes for each gray or 16 for each colour pixel of the
 * tile and of the search around it, and `2 template + 2` rows of 4 bytes for each of its pixels.
 */
export function nonLocalMeans(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  template: i32,
  search: i32,
  shift: i32,
  table: usize,
  count: i32,
  scratch: usize,
): void {
  const width = samples / channels;
  const cell = channels < 3 ? 8 : 16;
  const sumStride = (width + 2 * search) * cell;
  const sumBytes = sumStride * (rows + 2 * search);
  const sums = scratch;
  memory.fill(sums, 0, sumBytes);
  const columns = sums + ((<usize>sumBytes + 15) & ~15);
  const reach = template + search;
  const origin = source + reach * sourceStride + reach * channels;
  const sumOrigin = sums + search * sumStride + search * cell;
  for (let dy = 0; dy <= search; dy++) {
    for (let dx = dy === 0 ? 1 : -search; dx <= search; dx++) {
      weighOffset(
        origin,
        sourceStride,
        width,
        rows,
        channels,
        template,
        shift,
        table,
        count,
        dx,
        dy,
        sumOrigin,
        sumStride,
        cell,
        columns,
      );
    }
  }
  const itself = load<i32>(table);
  const colours = channels < 3 ? 1 : 3;
  for (let row = 0; row < rows; row++) {
    let from = origin + row * sourceStride;
    let to = target + row * targetStride;
    let sum = sumOrigin + row * sumStride;
    for (let x = 0; x < width; x++) {
      const total = <u32>(load<i32>(sum + (colours << 2)) + itself);
      for (let colour = 0; colour < colours; colour++) {
        const weighted = <u32>(load<i32>(sum + (colour << 2)) + itself * <i32>load<u8>(from + colour));
        store<u8>(to + colour, <u8>((weighted + (total >> 1)) / total));
      }
      from += channels;
      to += channels;
      sum += cell;
    }
  }
}

function weighOffset(
  origin: usize,
  sourceStride: i32,
  tileWidth: i32,
  rows: i32,
  channels: i32,
  template: i32,
  shift: i32,
  table: usize,
  count: i32,
  dx: i32,
  dy: i32,
  sumOrigin: usize,
  sumStride: i32,
  cell: i32,
  columns: usize,
): void {
  const left = min(0, -dx);
  const width = max(tileWidth, tileWidth - dx) - left;
  const side = 2 * template + 1;
  const wide = width + side - 1;
  const rowBytes = ((wide + 3) & ~3) << 2;
  const squares = columns + rowBytes;
  memory.fill(columns, 0, rowBytes * (side + 1));
  const apart = dy * sourceStride + dx * channels;
  const apartSums = dy * sumStride + dx * cell;
  let kept = squares;
  const end = squares + side * rowBytes;
  for (let row = -dy - template; row < rows + template; row++) {
    slideDown(origin + row * sourceStride + (left - template) * channels, apart, channels, wide, columns, kept);
    kept += rowBytes;
    if (kept === end) kept = squares;
    const middle = row - template;
    if (middle < -dy) continue;
    const first = origin + middle * sourceStride + left * channels;
    const sum = sumOrigin + middle * sumStride + left * cell;
    if (cell === 16) slideColours(columns, width, side, shift, table, count, first, apart, channels, sum, apartSums);
    else slideGrays(columns, width, side, shift, table, count, first, apart, channels, sum, apartSums);
  }
}

/** Adds the squared differences of a row to the sums of columns, and takes away those that were kept in their place. */
function slideDown(line: usize, apart: i32, channels: i32, wide: i32, columns: usize, kept: usize): void {
  let two: v128;
  let third: v128;
  if (channels === 1) two = i8x16(0, Z, Z, Z, 1, Z, Z, Z, 2, Z, Z, Z, 3, Z, Z, Z);
  else if (channels === 2) two = i8x16(0, Z, Z, Z, 2, Z, Z, Z, 4, Z, Z, Z, 6, Z, Z, Z);
  else if (channels === 3) two = i8x16(0, Z, 1, Z, 3, Z, 4, Z, 6, Z, 7, Z, 9, Z, 10, Z);
  else two = i8x16(0, Z, 1, Z, 4, Z, 5, Z, 8, Z, 9, Z, 12, Z, 13, Z);
  if (channels === 3) third = i8x16(2, Z, Z, Z, 5, Z, Z, Z, 8, Z, Z, Z, 11, Z, Z, Z);
  else if (channels === 4) third = i8x16(2, Z, Z, Z, 6, Z, Z, Z, 10, Z, Z, Z, 14, Z, Z, Z);
  else third = i8x16.splat(Z);
  const step = channels << 2;
  for (let x = 0; x < wide; x += 4) {
    const here = v128.load(line);
    const there = v128.load(line + apart);
    const a = i16x8.sub(i8x16.swizzle(here, two), i8x16.swizzle(there, two));
    const b = i16x8.sub(i8x16.swizzle(here, third), i8x16.swizzle(there, third));
    const square = i32x4.add(i32x4.dot_i16x8_s(a, a), i32x4.dot_i16x8_s(b, b));
    const at = columns + (x << 2);
    const old = kept + (x << 2);
    v128.store(at, i32x4.add(v128.load(at), i32x4.sub(square, v128.load(old))));
    v128.store(old, square);
    line += step;
  }
}

function slideColours(
  columns: usize,
  width: i32,
  side: i32,
  shift: i32,
  table: usize,
  count: i32,
  first: usize,
  apart: i32,
  channels: i32,
  sum: usize,
  apartSums: i32,
): void {
  const enters = columns + ((side - 1) << 2);
  let distance = 0;
  for (let at = columns; at < enters; at += 4) distance += load<i32>(at);
  for (let x = 0; x < width; x++) {
    distance += load<i32>(enters + (x << 2));
    const index = distance >> shift;
    distance -= load<i32>(columns + (x << 2));
    if (index < count) {
      const weight = i32x4.splat(load<i32>(table + (index << 2)));
      const other = sum + apartSums;
      v128.store(sum, i32x4.add(v128.load(sum), i32x4.mul(weight, coloursAndOne(first + apart))));
      v128.store(other, i32x4.add(v128.load(other), i32x4.mul(weight, coloursAndOne(first))));
    }
    first += channels;
    sum += 16;
  }
}

/** Three colours, and a one that adds up the weights. */
function coloursAndOne(pixel: usize): v128 {
  const words = i16x8.extend_low_i8x16_u(v128.load32_zero(pixel));
  return i32x4.replace_lane(i32x4.extend_low_i16x8_u(words), 3, 1);
}

function slideGrays(
  columns: usize,
  width: i32,
  side: i32,
  shift: i32,
  table: usize,
  count: i32,
  first: usize,
  apart: i32,
  channels: i32,
  sum: usize,
  apartSums: i32,
): void {
  const enters = columns + ((side - 1) << 2);
  let distance = 0;
  for (let at = columns; at < enters; at += 4) distance += load<i32>(at);
  for (let x = 0; x < width; x++) {
    distance += load<i32>(enters + (x << 2));
    const index = distance >> shift;
    distance -= load<i32>(columns + (x << 2));
    if (index < count) {
      const weight = load<i32>(table + (index << 2));
      const other = sum + apartSums;
      store<i32>(sum, load<i32>(sum) + weight * <i32>load<u8>(first + apart));
      store<i32>(sum, load<i32>(sum, 4) + weight, 4);
      store<i32>(other, load<i32>(other) + weight * <i32>load<u8>(first));
      store<i32>(other, load<i32>(other, 4) + weight, 4);
    }
    first += channels;
    sum += 8;
  }
}
