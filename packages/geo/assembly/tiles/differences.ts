/** Sixteen bytes that are written one by one. */
const BYTES = memory.data(16, 16);

/**
 * Undoes horizontal differencing in place: in each row of `rowBytes` bytes every sample becomes the sum of itself and
 * all those that lie a multiple of `step` bytes before it.
 */
function undo<Sample>(at: usize, rows: i32, rowBytes: i32, step: i32): void {
  if (step >= 16) {
    undoWide<Sample>(at, rows, rowBytes, step);
    return;
  }
  // Which byte of a vector lies once, twice, four and eight times the step before each: 16 and more is none, a zero.
  const numbers = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const one = i8x16.sub(numbers, i8x16.splat(<i8>step));
  const two = i8x16.sub(numbers, i8x16.splat(<i8>min(step * 2, 16)));
  const four = i8x16.sub(numbers, i8x16.splat(<i8>min(step * 4, 16)));
  const eight = i8x16.sub(numbers, i8x16.splat(<i8>min(step * 8, 16)));
  // Which byte of the vector before is the last that each one follows.
  for (let byte = 0; byte < 16; byte++) store<u8>(BYTES + byte, 16 - step + (byte % step));
  const before = v128.load(BYTES);
  for (let row = 0; row < rows; row++, at += rowBytes) {
    let last = i8x16.splat(0);
    let i = 0;
    for (; i + 16 <= rowBytes; i += 16) {
      let sums = v128.load(at + i);
      sums = v128.add<Sample>(sums, i8x16.swizzle(sums, one));
      sums = v128.add<Sample>(sums, i8x16.swizzle(sums, two));
      if (step < 4) sums = v128.add<Sample>(sums, i8x16.swizzle(sums, four));
      if (step < 2) sums = v128.add<Sample>(sums, i8x16.swizzle(sums, eight));
      last = v128.add<Sample>(sums, i8x16.swizzle(last, before));
      v128.store(at + i, last);
    }
    addOneByOne<Sample>(at, max(i, step), rowBytes, step);
  }
}

/** As above where a vector lies behind the one that is added to it. */
function undoWide<Sample>(at: usize, rows: i32, rowBytes: i32, step: i32): void {
  for (let row = 0; row < rows; row++, at += rowBytes) {
    let i = step;
    for (; i + 16 <= rowBytes; i += 16)
      v128.store(at + i, v128.add<Sample>(v128.load(at + i), v128.load(at + i - step)));
    addOneByOne<Sample>(at, i, rowBytes, step);
  }
}

function addOneByOne<Sample>(at: usize, from: i32, to: i32, step: i32): void {
  for (let i = from; i < to; i += sizeof<Sample>())
    store<Sample>(at + i, <Sample>(load<Sample>(at + i) + load<Sample>(at + i - step)));
}

export function undoDifferences8(at: usize, rows: i32, rowBytes: i32, step: i32): void {
  undo<u8>(at, rows, rowBytes, step);
}

export function undoDifferences16(at: usize, rows: i32, rowBytes: i32, step: i32): void {
  undo<u16>(at, rows, rowBytes, step);
}

export function undoDifferences32(at: usize, rows: i32, rowBytes: i32, step: i32): void {
  undo<u32>(at, rows, rowBytes, step);
}

/**
 * Horizontal differencing in place, from each row's end: nothing is overwritten that is still to be subtracted.
 *
 * @param size bytes of a sample: 1, 2 or 4.
 */
export function difference(at: usize, rows: i32, rowBytes: i32, step: i32, size: i32): void {
  if (size == 1) subtract<u8>(at, rows, rowBytes, step);
  else if (size == 2) subtract<u16>(at, rows, rowBytes, step);
  else subtract<u32>(at, rows, rowBytes, step);
}

function subtract<Sample>(at: usize, rows: i32, rowBytes: i32, step: i32): void {
  for (let row = 0; row < rows; row++, at += rowBytes) {
    let end = rowBytes;
    for (; end - 16 >= step; end -= 16) {
      const i = end - 16;
      v128.store(at + i, v128.sub<Sample>(v128.load(at + i), v128.load(at + i - step)));
    }
    for (let i = end - <i32>sizeof<Sample>(); i >= step; i -= sizeof<Sample>())
      store<Sample>(at + i, <Sample>(load<Sample>(at + i) - load<Sample>(at + i - step)));
  }
}
