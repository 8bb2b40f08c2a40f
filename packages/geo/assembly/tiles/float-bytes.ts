/**
 * Single-precision numbers of rows in which all highest bytes come first, then all second ones, and so on.
 *
 * @param count numbers of a row.
 */
export function joinFloatBytes(from: usize, to: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++, from += count << 2, to += count << 2) {
    let i = 0;
    for (; i + 16 <= count; i += 16) {
      const highest = v128.load(from + i);
      const high = v128.load(from + i + count);
      const low = v128.load(from + i + 2 * count);
      const lowest = v128.load(from + i + 3 * count);
      const at = to + (i << 2);
      const firstLow = lower<u8>(lowest, low);
      const firstHigh = lower<u8>(high, highest);
      v128.store(at, lower<u16>(firstLow, firstHigh));
      v128.store(at + 16, upper<u16>(firstLow, firstHigh));
      const lastLow = upper<u8>(lowest, low);
      const lastHigh = upper<u8>(high, highest);
      v128.store(at + 32, lower<u16>(lastLow, lastHigh));
      v128.store(at + 48, upper<u16>(lastLow, lastHigh));
    }
    for (; i < count; i++)
      for (let byte = 0; byte < 4; byte++) store<u8>(to + (i << 2) + byte, load<u8>(from + i + (3 - byte) * count));
  }
}

/** The other way round. */
export function splitFloatBytes(from: usize, to: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++, from += count << 2, to += count << 2) {
    let i = 0;
    for (; i + 16 <= count; i += 16) {
      const at = from + (i << 2);
      const a = grouped(v128.load(at));
      const b = grouped(v128.load(at + 16));
      const c = grouped(v128.load(at + 32));
      const d = grouped(v128.load(at + 48));
      const firstLow = lower<u32>(a, b);
      const firstHigh = lower<u32>(c, d);
      v128.store(to + i + 3 * count, v128.shuffle<u64>(firstLow, firstHigh, 0, 2));
      v128.store(to + i + 2 * count, v128.shuffle<u64>(firstLow, firstHigh, 1, 3));
      const lastLow = upper<u32>(a, b);
      const lastHigh = upper<u32>(c, d);
      v128.store(to + i + count, v128.shuffle<u64>(lastLow, lastHigh, 0, 2));
      v128.store(to + i, v128.shuffle<u64>(lastLow, lastHigh, 1, 3));
    }
    for (; i < count; i++)
      for (let byte = 0; byte < 4; byte++) store<u8>(to + i + (3 - byte) * count, load<u8>(from + (i << 2) + byte));
  }
}

/** All first bytes of four numbers, then all second ones, and so on. */
function grouped(numbers: v128): v128 {
  return i8x16.shuffle(numbers, numbers, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
}

/** The first halves of two vectors, lane by lane in turns. */
function lower<Lane>(a: v128, b: v128): v128 {
  if (sizeof<Lane>() == 1) return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  if (sizeof<Lane>() == 2) return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  return v128.shuffle<u32>(a, b, 0, 4, 1, 5);
}

/** The second halves. */
function upper<Lane>(a: v128, b: v128): v128 {
  if (sizeof<Lane>() == 1) return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  if (sizeof<Lane>() == 2) return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  return v128.shuffle<u32>(a, b, 2, 6, 3, 7);
}
