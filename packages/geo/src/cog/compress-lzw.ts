const CLEAR = 256;
const END = 257;
const FIRST = 258;
/** The code after which libtiff begins a new table. */
const LAST = 4094;
const SLOTS = 16_384;

/** TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, most significant bit first, widened one code early. */
export function compressLzw(bytes: Uint8Array): Uint8Array {
  const codes = new CodeWriter(bytes.length);
  const keys = new Int32Array(SLOTS).fill(-1);
  const values = new Uint16Array(SLOTS);
  let next = FIRST;
  codes.write(CLEAR);
  let prefix = bytes[0];
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes[at]!;
    const key = (prefix! << 8) | byte;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 18) & (SLOTS - 1);
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1);
    if (keys[slot] === key) {
      prefix = values[slot];
      continue;
    }
    codes.write(prefix!);
    keys[slot] = key;
    values[slot] = next++;
    prefix = byte;
    if (next === LAST) {
      codes.write(CLEAR);
      codes.bits = 9;
      keys.fill(-1);
      next = FIRST;
    } else if (next === 1 << codes.bits) {
      codes.bits++;
    }
  }
  if (prefix !== undefined) codes.write(prefix);
  // The reader's table has grown by one with the last code as well.
  if (next + 1 === LAST) {
    codes.write(CLEAR);
    codes.bits = 9;
  } else if (next + 1 === 1 << codes.bits) {
    codes.bits++;
  }
  codes.write(END);
  return codes.finish();
}

/** Writes numbers of a few bits one after another. */
class CodeWriter {
  bits = 9;
  #target: Uint8Array;
  #length = 0;
  #pending = 0;
  #pendingBits = 0;

  constructor(sourceLength: number) {
    // At worst 12 bits for each byte, and the codes that clear.
    this.#target = new Uint8Array(Math.ceil(sourceLength * 1.51) + 16);
  }

  write(code: number): void {
    this.#pending = (this.#pending << this.bits) | code;
    this.#pendingBits += this.bits;
    while (this.#pendingBits >= 8) {
      this.#pendingBits -= 8;
      this.#target[this.#length++] = this.#pending >>> this.#pendingBits;
    }
    this.#pending &= (1 << this.#pendingBits) - 1;
  }

  finish(): Uint8Array {
    if (this.#pendingBits > 0) this.#target[this.#length++] = this.#pending << (8 - this.#pendingBits);
    return this.#target.slice(0, this.#length);
  }
}
