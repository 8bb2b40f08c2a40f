import { addColumn, takeColumn } from './column-counts';

/** Bytes of the counts of a column of samples: of 256 levels, and of 16 groups of 16 levels each. */
const COLUMN: i32 = 272;
/** Where the groups begin. */
const GROUPS: i32 = 256;

/**
 * The level of a rank, counted from 0 at the darkest, among `size` × `size` samples, at most 31 × 31, in a time that does not
 * grow with the size: columns have histograms, which slide down, and their sum slides along the row; levels in
 * detail are added up only for the group that holds the rank (S. Perreault and P. Hébert, Median filtering in constant
 * time, 2007). `scratch`: 272 bytes for each source sample of a row, and 1024.
 */
export function largeRank(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  samples: i32,
  rows: i32,
  channels: i32,
  size: i32,
  place: i32,
  scratch: usize,
): void {
  const wide = samples + (size - 1) * channels;
  const sums = scratch;
  const columns = scratch + 1024;
  memory.fill(columns, 0, wide * COLUMN);
  for (let row = 0; row < size - 1; row++) count(columns, source + row * sourceStride, wide, 1);
  for (let row = 0; row < rows; row++) {
    count(columns, source + (row + size - 1) * sourceStride, wide, 1);
    for (let channel = 0; channel < channels; channel++) {
      slide(columns, sums, target + row * targetStride, samples, channels, channel, size, place);
    }
    count(columns, source + row * sourceStride, wide, -1);
  }
}

/** Adds a row of samples to the counts of their columns, or takes it away. */
function count(columns: usize, line: usize, wide: i32, by: i32): void {
  let column = columns;
  for (let x = 0; x < wide; x++) {
    const level = <i32>load<u8>(line + x);
    const at = column + level;
    store<u8>(at, load<u8>(at) + by);
    const group = column + GROUPS + (level >> 4);
    store<u8>(group, load<u8>(group) + by);
    column += COLUMN;
  }
}

/**
 * One channel of a row. `sums`: 32 bytes of 16 groups' counts, then as many for the levels of each group, then for each group
 * the sample that its levels were added up for last.
 */
function slide(
  columns: usize,
  sums: usize,
  target: usize,
  samples: i32,
  channels: i32,
  channel: i32,
  size: i32,
  place: i32,
): void {
  const levels = sums + 32;
  const known = levels + 512;
  const step = channels * COLUMN;
  const reach = (size - 1) * channels;
  memory.fill(sums, 0, 32);
  // No levels are added up yet: they are of a place too far away.
  for (let group = 0; group < 16; group++) store<i32>(known + (group << 2), channel - (size + 1) * channels);
  for (let x = channel; x < channel + reach; x += channels) addColumn(sums, columns + x * COLUMN + GROUPS);
  for (let x = channel; x < samples; x += channels) {
    addColumn(sums, columns + (x + reach) * COLUMN + GROUPS);
    let rest = place;
    let group = 0;
    let here = <i32>load<u16>(sums);
    while (here <= rest) {
      rest -= here;
      group++;
      here = <i32>load<u16>(sums + (group << 1));
    }
    const own = levels + (group << 5);
    const part = columns + (group << 4);
    const last = load<i32>(known + (group << 2));
    if (x - last >= size * channels) {
      memory.fill(own, 0, 32);
      let column = part + x * COLUMN;
      for (let tap = 0; tap < size; tap++, column += step) addColumn(own, column);
    } else {
      for (let at = last; at < x; at += channels) {
        takeColumn(own, part + at * COLUMN);
        addColumn(own, part + (at + reach + channels) * COLUMN);
      }
    }
    store<i32>(known + (group << 2), x);
    let level = 0;
    here = <i32>load<u16>(own);
    while (here <= rest) {
      rest -= here;
      level++;
      here = <i32>load<u16>(own + (level << 1));
    }
    store<u8>(target + x, (group << 4) | level);
    takeColumn(sums, columns + x * COLUMN + GROUPS);
  }
}
