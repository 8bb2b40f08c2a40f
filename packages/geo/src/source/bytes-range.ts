import type { RangeSource } from './range-source.ts';

/** Bytes in memory. */
export function bytesRange(bytes: Uint8Array, url = 'memory:'): RangeSource {
  return {
    url,
    bytes: bytes.length,
    read: async (start, length) => bytes.subarray(start, Math.min(bytes.length, start + length)),
  };
}
