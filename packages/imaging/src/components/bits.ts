/** Number of bytes that hold `count` bits. */
export function bitBytes(count: number): number {
  return (count + 7) >>> 3;
}

/** Packs values of which each is zero or not into bits, the first in the lowest bit of the first byte. */
export function packBits(values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(bitBytes(values.length));
  for (const [index, value] of values.entries()) if (value !== 0) bytes[index >>> 3]! |= 1 << (index & 7);
  return bytes;
}

/** Bit `index` of packed bits. */
export function bitAt(bytes: Uint8Array, index: number): boolean {
  return ((bytes[index >>> 3]! >>> (index & 7)) & 1) === 1;
}
