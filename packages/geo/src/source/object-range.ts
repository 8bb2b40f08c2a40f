import { AppError } from '@tessera/runtime/app-error';
import type { ObjectStore } from '@tessera/storage';
import type { RangeSource } from './range-source.ts';

/**
 * An object of the store, read by ranges. Where the caller does not know the object's size, the first read asks for it.
 *
 * @throws AppError by `read`: NOT_FOUND, STORE_CORRUPT, STORE_UNAVAILABLE
 */
export function objectRange(store: Pick<ObjectStore, 'get' | 'head'>, key: string, bytes?: number): RangeSource {
  return new ObjectRange(store, key, bytes);
}

class ObjectRange implements RangeSource {
  readonly url: string;
  bytes: number | undefined;
  readonly #store: Pick<ObjectStore, 'get' | 'head'>;
  readonly #key: string;

  constructor(store: Pick<ObjectStore, 'get' | 'head'>, key: string, bytes: number | undefined) {
    this.url = `object:${key}`;
    this.bytes = bytes;
    this.#store = store;
    this.#key = key;
  }

  async read(start: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    this.bytes ??= await this.#size(signal);
    const end = Math.min(start + length, this.bytes);
    if (end <= start) return new Uint8Array();
    const stream = await this.#store.get(this.#key, { range: { start, end }, signal });
    let read = new Uint8Array();
    let at = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      // Most come in one piece, which needs no copy.
      const isAll = at === 0 && chunk.length === end - start;
      if (isAll) read = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
      else if (at === 0) read = new Uint8Array(end - start);
      if (at + chunk.length > read.length) break;
      if (!isAll) read.set(chunk, at);
      at += chunk.length;
    }
    if (at !== end - start) throw new AppError('STORE_CORRUPT', { details: { key: this.#key, start, end, at } });
    return read;
  }

  async #size(signal: AbortSignal | undefined): Promise<number> {
    const facts = await this.#store.head(this.#key, { signal });
    if (facts === undefined) throw new AppError('NOT_FOUND', { details: { key: this.#key } });
    return facts.bytes;
  }
}
