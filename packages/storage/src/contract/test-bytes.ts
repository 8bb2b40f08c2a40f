import { buffer } from 'node:stream/consumers';
import type { ByteRange, CallOptions, ObjectStore } from '../object-store.ts';

/** Bytes that differ from place to place and from seed to seed (a 32-bit linear congruential generator). */
export function testBytes(length: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** A body of unknown length in uneven chunks. */
export async function* inChunks(bytes: Uint8Array, chunkBytes = 65_521): AsyncGenerator<Uint8Array, void, void> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    await Promise.resolve();
    yield bytes.subarray(start, start + chunkBytes);
  }
}

/** Reads a whole object or a range of it. */
export async function readAll(
  store: ObjectStore,
  key: string,
  options: CallOptions & { readonly range?: ByteRange | undefined } = {},
): Promise<Buffer> {
  return buffer(await store.get(key, options));
}

/** The code of the error that a promise rejects with. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
}

/** All items of an iterable. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
