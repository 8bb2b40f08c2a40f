/** Bytes that have to be the same to count as a repeat. */
const LENGTH: usize = 8;
const HASH_BITS: u32 = 13;
const MOST_DISTANCE: usize = 32768;
/** Where bytes with a hash were seen last. */
const seen = memory.data(4 << 13);

/**
 * How many of some bytes are repeats of eight bytes or more at least, at most 32 kB apart, that are no runs of one byte:
 * what a search for them could save is less than that.
 */
export function repeatedBytes(at: usize, length: i32): i32 {
  memory.fill(seen, 0, 4 << HASH_BITS);
  const end = at + length - LENGTH;
  let repeated = 0;
  while (at < end) {
    const eight = load<u64>(at);
    if (eight === load<u64>(at + 1) && (eight & 255) === ((eight >> 8) & 255)) {
      at += LENGTH;
      continue;
    }
    const place = seen + ((<usize>((eight * 0x9e3779b97f4a7c15) >> (64 - HASH_BITS))) << 2);
    const before = load<u32>(place);
    store<u32>(place, <u32>at);
    if (before !== 0 && at - before <= MOST_DISTANCE && load<u64>(before) === eight) {
      repeated += <i32>LENGTH;
      at += LENGTH;
    } else at++;
  }
  return repeated;
}
