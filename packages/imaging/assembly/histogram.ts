/** Bytes of the counts of a channel's 256 levels. */
const COUNTS: i32 = 1024;

/**
 * Adds to the counts of levels, 32 bits each: `counts` points to four sets of 256 for each channel, channels first. Neighbours
 * take turns among the sets, for they are often of one level and would wait for each other.
 */
export function countLevels(source: usize, pixels: i32, channels: i32, counts: usize): void {
  const set = channels * COUNTS;
  const end = source + <usize>(pixels * channels);
  let at = source;
  if (channels === 1) {
    for (; at + 4 <= end; at += 4) {
      count(counts, load<u8>(at));
      count(counts + COUNTS, load<u8>(at, 1));
      count(counts + 2 * COUNTS, load<u8>(at, 2));
      count(counts + 3 * COUNTS, load<u8>(at, 3));
    }
  } else if (channels === 3) {
    for (; at + 12 <= end; at += 12) {
      count(counts, load<u8>(at));
      count(counts + COUNTS, load<u8>(at, 1));
      count(counts + 2 * COUNTS, load<u8>(at, 2));
      count(counts + 3 * COUNTS, load<u8>(at, 3));
      count(counts + 4 * COUNTS, load<u8>(at, 4));
      count(counts + 5 * COUNTS, load<u8>(at, 5));
      count(counts + 6 * COUNTS, load<u8>(at, 6));
      count(counts + 7 * COUNTS, load<u8>(at, 7));
      count(counts + 8 * COUNTS, load<u8>(at, 8));
      count(counts + 9 * COUNTS, load<u8>(at, 9));
      count(counts + 10 * COUNTS, load<u8>(at, 10));
      count(counts + 11 * COUNTS, load<u8>(at, 11));
    }
  }
  while (at < end) {
    for (let n = 0, place = counts; n < 4 && at < end; n++, place += set) {
      for (let channel = 0; channel < channels; channel++, at++) count(place + channel * COUNTS, load<u8>(at));
    }
  }
}

function count(counts: usize, level: u8): void {
  const place = counts + ((<usize>level) << 2);
  store<u32>(place, load<u32>(place) + 1);
}
