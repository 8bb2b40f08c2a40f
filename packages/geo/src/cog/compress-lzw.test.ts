import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { unpackLzw } from '../tiff/decode/lzw.ts';
import { compressLzw } from './compress-lzw.ts';

/** Unpacks until the end code: one byte more is asked for than there is. */
function unpacked(bytes: Uint8Array, length: number): Buffer {
  return Buffer.from(unpackLzw(bytes, length + 1));
}

it('unpacks to the same bytes, wherever in the growing table they end', () => {
  const noise = randomBytes(9000);
  const lengths = [0, 1, 2, 3, 9000];
  // Of noise nearly every byte is a code: widths change, and the table is begun anew, near these.
  for (const code of [512, 1024, 2048, 4096]) {
    for (let near = -12; near <= 40; near++) lengths.push(code - 258 + near);
  }
  for (let near = 3820; near < 4110; near++) lengths.push(near);
  for (const length of lengths) {
    const bytes = noise.subarray(0, length);
    expect(unpacked(compressLzw(bytes), length).equals(bytes), `${length} bytes`).toBe(true);
  }
});

it('compresses what repeats', () => {
  for (const length of [1, 2, 255, 4096, 70_000]) {
    const bytes = Buffer.alloc(length, 7);
    const packed = compressLzw(bytes);
    expect(unpacked(packed, length).equals(bytes)).toBe(true);
    expect(packed.length).toBeLessThan(20 + length / 20);
  }
});
