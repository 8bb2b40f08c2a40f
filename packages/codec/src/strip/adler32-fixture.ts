import { deflateSync } from 'node:zlib';
import type { Adler32 } from './adler32.ts';

/** The checksum that zlib writes at the end of its streams. */
export function adlerOf(bytes: Uint8Array): Adler32 {
  return { value: deflateSync(bytes, { level: 0 }).subarray(-4).readUInt32BE(), length: bytes.length };
}
