import type { Unpack } from '@tessera/geo/page';
import { ReadFailure } from './read-failure.ts';

/** Decompresses with what browsers have, and zstd, which most do not have, with a library that is fetched when it is needed. */
export const unpackInBrowser: Unpack = {
  deflate: (bytes, allowed) => unpackStream('deflate', bytes, allowed),
  zstd: unpackZstd,
};

async function unpackStream(format: CompressionFormat, bytes: Uint8Array, allowed: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream(format));
  const unpacked = new Uint8Array(allowed);
  let at = 0;
  for (const reader = stream.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done) return unpacked.subarray(0, at);
    if (at + value.length > allowed) {
      await reader.cancel();
      throw new ReadFailure('unreadable');
    }
    unpacked.set(value, at);
    at += value.length;
  }
}

async function unpackZstd(bytes: Uint8Array, allowed: number): Promise<Uint8Array> {
  const { Decompress } = await import('fzstd');
  const unpacked = new Uint8Array(allowed);
  let at = 0;
  const stream = new Decompress((chunk) => {
    if (at + chunk.length > allowed) throw new ReadFailure('unreadable');
    unpacked.set(chunk, at);
    at += chunk.length;
  });
  stream.push(bytes, true);
  return unpacked.subarray(0, at);
}
