import { adlerBytes, EMPTY_ADLER } from './adler32.ts';
import { loadKernel, PIECE_BYTES } from './kernel/kernel.ts';

/** Header of a zlib stream: deflate with a window of 32 KiB, fastest algorithm (RFC 1950, section 2.2). */
export const ZLIB_HEADER = Uint8Array.of(0x78, 0x01);
/** A last deflate block that holds nothing: fixed codes, end of block (RFC 1951, section 3.2.6). */
export const EMPTY_LAST_BLOCK = Uint8Array.of(0x03, 0x00);

/** A zlib stream of literals and runs; the same bytes on every machine. */
export function zlibStream(bytes: Uint8Array): Uint8Array {
  const kernel = loadKernel();
  const parts: Uint8Array[] = [ZLIB_HEADER];
  let adler = EMPTY_ADLER;
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const length = kernel.place(bytes.subarray(start, start + PIECE_BYTES));
    adler = kernel.appendAdler32(adler, length);
    parts.push(kernel.deflate(length));
  }
  return Buffer.concat([...parts, EMPTY_LAST_BLOCK, adlerBytes(adler)]);
}
