/** Codes of more bits than this are not used, so that four of them fit a 64-bit word that holds up to 7 bits already. */
export const MAX_BITS: i32 = 13;

/** Working memory, in 32-bit words: sorted symbols and their weights. */
const keys = memory.data(4 * 288);
const weights = memory.data(4 * 288);
const perLength = memory.data(4 * 64);

/**
 * Lengths of a Huffman code for the `n` counts (32 bits each) at `counts`, none longer than `limit`: one byte each to
 * `lengths`, 0 for what does not occur. Source: A. Moffat, J. Katajainen, In-Place Calculation of Minimum-Redundancy
 * Codes, 1995; lengths above the limit are cut, and others lengthened until the code fits again.
 */
export function codeLengths(counts: usize, n: i32, limit: i32, lengths: usize): void {
  memory.fill(lengths, 0, n);
  let used = 0;
  for (let symbol = 0; symbol < n; symbol += 1) {
    const count = load<u32>(counts + 4 * symbol);
    if (count === 0) continue;
    store<u32>(keys + 4 * used, (count << 9) | symbol);
    used += 1;
  }
  if (used < 2) {
    // A code needs two words to be complete.
    if (used === 1) {
      const symbol = load<u32>(keys) & 511;
      store<u8>(lengths + symbol, 1);
      store<u8>(lengths + (symbol === 0 ? 1 : 0), 1);
    }
    return;
  }
  sortKeys(used);
  for (let i = 0; i < used; i += 1) store<u32>(weights + 4 * i, load<u32>(keys + 4 * i) >>> 9);
  minimumRedundancy(used);
  limitLengths(used, limit);
  // The longest words go to the rarest symbols.
  let i = 0;
  for (let length = limit; length > 0; length -= 1) {
    for (let left = load<u32>(perLength + 4 * length); left > 0; left -= 1) {
      store<u8>(lengths + (load<u32>(keys + 4 * i) & 511), <u8>length);
      i += 1;
    }
  }
}

/** Shell sort: few keys, ascending, all different. */
function sortKeys(n: i32): void {
  for (let gap = 121; gap > 0; gap = gap / 3) {
    for (let i = gap; i < n; i += 1) {
      const key = load<u32>(keys + 4 * i);
      let j = i;
      while (j >= gap && load<u32>(keys + 4 * (j - gap)) > key) {
        store<u32>(keys + 4 * j, load<u32>(keys + 4 * (j - gap)));
        j -= gap;
      }
      store<u32>(keys + 4 * j, key);
    }
  }
}

function weight(i: i32): u32 {
  return load<u32>(weights + 4 * i);
}

function setWeight(i: i32, value: u32): void {
  store<u32>(weights + 4 * i, value);
}

/** Turns ascending weights into the lengths of their code words, in place. */
function minimumRedundancy(n: i32): void {
  setWeight(0, weight(0) + weight(1));
  let root = 0;
  let leaf = 2;
  for (let next = 1; next < n - 1; next += 1) {
    if (leaf >= n || weight(root) < weight(leaf)) {
      setWeight(next, weight(root));
      setWeight(root, next);
      root += 1;
    } else {
      setWeight(next, weight(leaf));
      leaf += 1;
    }
    if (leaf >= n || (root < next && weight(root) < weight(leaf))) {
      setWeight(next, weight(next) + weight(root));
      setWeight(root, next);
      root += 1;
    } else {
      setWeight(next, weight(next) + weight(leaf));
      leaf += 1;
    }
  }
  setWeight(n - 2, 0);
  for (let next = n - 3; next >= 0; next -= 1) setWeight(next, weight(weight(next)) + 1);
  let available = 1;
  let internal = 0;
  let depth: u32 = 0;
  root = n - 2;
  let next = n - 1;
  while (available > 0) {
    while (root >= 0 && weight(root) === depth) {
      internal += 1;
      root -= 1;
    }
    while (available > internal) {
      setWeight(next, depth);
      next -= 1;
      available -= 1;
    }
    available = 2 * internal;
    depth += 1;
    internal = 0;
  }
}

/** Counts words per length with none above the limit, and makes the code complete again (Kraft's sum is 1). */
function limitLengths(n: i32, limit: i32): void {
  memory.fill(perLength, 0, 4 * 64);
  for (let i = 0; i < n; i += 1) {
    const at = perLength + 4 * min(<i32>weight(i), limit);
    store<u32>(at, load<u32>(at) + 1);
  }
  let sum: u32 = 0;
  for (let length = 1; length <= limit; length += 1) sum += load<u32>(perLength + 4 * length) << (limit - length);
  for (; sum > (<u32>1) << limit; sum -= 1) {
    // One word of the limit's length moves up beside a shorter one, which grows by a bit.
    store<u32>(perLength + 4 * limit, load<u32>(perLength + 4 * limit) - 1);
    let length = limit - 1;
    while (load<u32>(perLength + 4 * length) === 0) length -= 1;
    store<u32>(perLength + 4 * length, load<u32>(perLength + 4 * length) - 1);
    store<u32>(perLength + 4 * (length + 1), load<u32>(perLength + 4 * (length + 1)) + 2);
  }
}

/** Canonical code words, bit-reversed as deflate writes them (RFC 1951, section 3.2.2): word | length << 16. */
export function codeWords(lengths: usize, n: i32, words: usize): void {
  memory.fill(perLength, 0, 4 * 64);
  for (let i = 0; i < n; i += 1) {
    const at = perLength + 4 * load<u8>(lengths + i);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(perLength, 0);
  let code: u32 = 0;
  for (let length = 1; length <= 15; length += 1) {
    const count = load<u32>(perLength + 4 * length);
    store<u32>(perLength + 4 * length, code);
    code = (code + count) << 1;
  }
  for (let i = 0; i < n; i += 1) {
    const length: u32 = load<u8>(lengths + i);
    if (length === 0) {
      store<u32>(words + 4 * i, 0);
      continue;
    }
    const at = perLength + 4 * length;
    const word = load<u32>(at);
    store<u32>(at, word + 1);
    let reversed: u32 = 0;
    for (let bit: u32 = 0; bit < length; bit += 1) reversed |= ((word >>> bit) & 1) << (length - 1 - bit);
    store<u32>(words + 4 * i, reversed | (length << 16));
  }
}
