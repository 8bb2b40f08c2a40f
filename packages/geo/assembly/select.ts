/**
 * Keys of a few neighbouring pixels, one vector for each scene: in lanes of type K, whose greatest value stands for a
 * sample that does not count.
 */

/** How many keys of each lane are less than `pivot`. */
export function countLess<K>(keys: usize, end: usize, pivot: v128): v128 {
  let even = v128.splat<K>(0);
  let odd = v128.splat<K>(0);
  let at = keys;
  const fours = keys + ((end - keys) & ~63);
  for (; at < fours; at += 64) {
    even = v128.sub<K>(even, v128.lt<K>(v128.load(at), pivot));
    odd = v128.sub<K>(odd, v128.lt<K>(v128.load(at, 16), pivot));
    even = v128.sub<K>(even, v128.lt<K>(v128.load(at, 32), pivot));
    odd = v128.sub<K>(odd, v128.lt<K>(v128.load(at, 48), pivot));
  }
  for (; at < end; at += 16) even = v128.sub<K>(even, v128.lt<K>(v128.load(at), pivot));
  return v128.add<K>(even, odd);
}

/**
 * The key of number `rank` in each lane, of which only the lowest `bits` bits may be set once `flip` is undone: bit for
 * bit from the highest, each set where no more than `rank` keys are less. U is the unsigned type of K. Stores at `under`
 * how many keys are less than the answer. Answers are without `flip`.
 */
export function select<K, U>(keys: usize, end: usize, bits: i32, flip: v128, rank: v128, under: usize): v128 {
  const one: i32 = 1;
  let prefix = v128.splat<K>(0);
  let before = v128.splat<K>(0);
  for (let bit = bits - 1; bit >= 0; bit--) {
    const candidate = v128.or(prefix, v128.splat<K>(<K>(one << bit)));
    const less = countLess<K>(keys, end, v128.xor(candidate, flip));
    const taken = v128.le<U>(less, rank);
    prefix = v128.bitselect(candidate, prefix, taken);
    before = v128.bitselect(less, before, taken);
  }
  v128.store(under, before);
  return prefix;
}

/** Number `rank` of `count` unsigned keys in ascending order. Reorders them. */
export function selectOf(keys: usize, count: i32, rank: i32): u32 {
  if (count > 32) return selectOfMany(keys, count, rank);
  for (let next = 1; next < count; next++) {
    const key = load<u32>(keys + (next << 2));
    let at = keys + (next << 2);
    while (at > keys && load<u32>(at - 4) > key) {
      store<u32>(at, load<u32>(at - 4));
      at -= 4;
    }
    store<u32>(at, key);
  }
  return load<u32>(keys + (rank << 2));
}

function selectOfMany(keys: usize, count: i32, rank: i32): u32 {
  const end = keys + (count << 2);
  let prefix: u32 = 0;
  for (let bit: u32 = 1 << 31; bit !== 0; bit >>= 1) {
    const candidate = prefix | bit;
    let less = 0;
    for (let at = keys; at < end; at += 4) less += <i32>(load<u32>(at) < candidate);
    if (less <= rank) prefix = candidate;
  }
  return prefix;
}
