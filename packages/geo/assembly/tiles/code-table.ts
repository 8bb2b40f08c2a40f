// Huffman codes as tables: the next bits of a stream are the number of an entry. Codes that are longer than a table's
// root are found in a second one, whose place the first one gives.

/** Bytes of the output: how many, 1 or 2, stands from bit 8 on, their values from bit 12 on. */
export const LITERAL: u32 = 1 << 31;
/** Nothing that adds to the output by itself; one of the next two says what, neither: no code begins like this. */
export const SPECIAL: u32 = 1 << 30;
export const END_OF_BLOCK: u32 = 1 << 29;
/** The rest of the code is to be looked up in a second table, which begins at the entry whose number stands from bit 12 on. */
export const CONTINUED: u32 = 1 << 28;

/** Kinds of codes: what their symbols mean. */
export const LITERALS_AND_LENGTHS: i32 = 0;
export const DISTANCES: i32 = 1;
export const CODE_LENGTHS: i32 = 2;

/** Codes are of so many bits at most. */
const MOST_BITS: i32 = 15;

/** First value and extra bits of each symbol for a length, from 257 on, and of each for a distance (RFC 1951, 3.2.5). */
const lengthBases = memory.data<u16>([
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]);
const lengthExtras = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const distanceBases = memory.data<u16>([
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]);
const distanceExtras = memory.data<u8>([
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]);

const counts = memory.data(4 * 16);
const starts = memory.data(4 * 17);
const sorted = memory.data(2 * 320);

/** What a symbol stands for: flags, value from bit 12 on, number of extra bits from bit 8 on. */
function meaning(symbol: i32, kind: i32): u32 {
  if (kind === CODE_LENGTHS) return (<u32>symbol) << 12;
  if (kind === DISTANCES) {
    if (symbol > 29) return SPECIAL;
    return ((<u32>load<u16>(distanceBases + 2 * symbol)) << 12) | ((<u32>load<u8>(distanceExtras + symbol)) << 8);
  }
  if (symbol < 256) return LITERAL | ((<u32>symbol) << 12) | 256;
  if (symbol === 256) return SPECIAL | END_OF_BLOCK;
  if (symbol > 285) return SPECIAL;
  const length = symbol - 257;
  return ((<u32>load<u16>(lengthBases + 2 * length)) << 12) | ((<u32>load<u8>(lengthExtras + length)) << 8);
}

/**
 * Builds the table of a code. Each entry is the meaning of a symbol, and in its lowest eight bits how many bits of the
 * stream it takes up.
 *
 * @param lengths of the codes of `n` symbols, a byte each, 0 for those that do not occur.
 * @param root bits by which the first table is looked up.
 * @returns whether the lengths are those of a code: complete, but for a single code of one bit; none at all are
 *   allowed, and any bits are no code then.
 */
export function buildTable(lengths: usize, n: i32, table: usize, root: i32, kind: i32): bool {
  memory.fill(counts, 0, 4 * 16);
  for (let i = 0; i < n; i++) {
    const at = counts + 4 * <i32>load<u8>(lengths + i);
    store<u32>(at, load<u32>(at) + 1);
  }
  let most = MOST_BITS;
  while (most > 0 && load<u32>(counts + 4 * most) === 0) most--;
  let left = 1;
  store<u32>(starts + 4, 0);
  for (let bits = 1; bits <= MOST_BITS; bits++) {
    left = (left << 1) - load<i32>(counts + 4 * bits);
    if (left < 0) return false;
    store<u32>(starts + 4 * (bits + 1), load<u32>(starts + 4 * bits) + load<u32>(counts + 4 * bits));
  }
  if (left > 0 && most > 0 && (kind === CODE_LENGTHS || most !== 1)) return false;
  if (left > 0) for (let i = 0; i < 1 << root; i++) store<u32>(table + 4 * i, SPECIAL);
  let used = 0;
  for (let i = 0; i < n; i++) {
    const bits = <i32>load<u8>(lengths + i);
    if (bits === 0) continue;
    const at = starts + 4 * bits;
    store<u16>(sorted + 2 * load<u32>(at), <u16>i);
    store<u32>(at, load<u32>(at) + 1);
    used++;
  }

  let code = 0;
  let free = 1 << root;
  let second = 0;
  let secondBits = 0;
  let prefix = -1;
  for (let i = 0; i < used; i++) {
    const symbol = <i32>load<u16>(sorted + 2 * i);
    const bits = <i32>load<u8>(lengths + symbol);
    const entry = meaning(symbol, kind);
    if (bits <= root) {
      const whole = entry | bits;
      for (let at = code; at < 1 << root; at += 1 << bits) store<u32>(table + 4 * at, whole);
    } else {
      const low = code & ((1 << root) - 1);
      if (low !== prefix) {
        prefix = low;
        second = free;
        secondBits = bits - root;
        // As large as the codes need that begin with the same bits.
        let room = 1 << secondBits;
        while (secondBits + root < most) {
          room -= load<i32>(counts + 4 * (secondBits + root));
          if (room <= 0) break;
          secondBits++;
          room <<= 1;
        }
        free += 1 << secondBits;
        store<u32>(table + 4 * low, SPECIAL | CONTINUED | ((<u32>second) << 12) | ((<u32>secondBits) << 8) | root);
      }
      const rest = entry | (bits - root);
      for (let at = code >> root; at < 1 << secondBits; at += 1 << (bits - root))
        store<u32>(table + 4 * (second + at), rest);
    }
    const left = counts + 4 * bits;
    store<u32>(left, load<u32>(left) - 1);
    // The code's bits come in the other order: it is counted up from its highest bit.
    let bit = 1 << (bits - 1);
    while ((code & bit) !== 0) bit >>= 1;
    code = bit === 0 ? 0 : (code & (bit - 1)) + bit;
  }
  return true;
}

/** Makes one entry of two where the code of a byte is followed by that of another within the bits of the first table. */
export function joinLiterals(table: usize, root: i32): void {
  // Downwards: what follows is found at lower numbers, which are still as they were.
  for (let i = (1 << root) - 1; i >= 0; i--) {
    const first = load<u32>(table + 4 * i);
    if ((first & LITERAL) === 0) continue;
    const second = load<u32>(table + 4 * (i >> (first & 255)));
    const length = (first & 255) + (second & 255);
    if ((second & LITERAL) === 0 || length > <u32>root) continue;
    store<u32>(table + 4 * i, LITERAL | (first & 0xff000) | ((second & 0xff000) << 8) | 512 | length);
  }
}
