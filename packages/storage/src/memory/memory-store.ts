import { Readable } from 'node:stream';
import { AppError } from '@tessera/runtime';
import { bodyChunks, type Body } from '../body-chunks.ts';
import { resolveRange, type ExactRange } from '../byte-range.ts';
import { exactStream } from '../exact-stream.ts';
import { checkKey, checkPrefix, compareKeys } from '../object-key.ts';
import {
  DEFAULT_CONTENT_TYPE,
  type ByteRange,
  type CallOptions,
  type ComposePart,
  type ListedObject,
  type ObjectFacts,
  type ObjectStore,
  type PutOptions,
} from '../object-store.ts';

/** Bytes of one chunk that a reader gets. */
const CHUNK_BYTES = 1 << 16;

interface StoredObject {
  readonly facts: ObjectFacts;
  /** Never changed once stored, so composed objects share them. */
  readonly chunks: readonly Buffer[];
}

/** Objects in this process's memory: the work area of plans that run on one machine. `presign` gives `undefined`. */
export function createMemoryStore(): ObjectStore {
  return new MemoryStore();
}

class MemoryStore implements ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  #versions = 0;

  async put(key: string, body: Body, options: PutOptions = {}): Promise<ObjectFacts> {
    checkKey(key);
    options.signal?.throwIfAborted();
    const chunks: Buffer[] = [];
    // Copies, for the giver may use its memory again.
    for await (const chunk of bodyChunks(body, options.signal)) chunks.push(Buffer.from(chunk));
    return this.#store(key, chunks, options);
  }

  async get(key: string, options: CallOptions & { readonly range?: ByteRange | undefined } = {}): Promise<Readable> {
    await Promise.resolve();
    checkKey(key);
    options.signal?.throwIfAborted();
    const object = this.#existing(key);
    const range = resolveRange(key, options.range, object.facts.bytes);
    return exactStream(Readable.from(copies(sliceChunks(object.chunks, range)), { objectMode: false }), {
      key,
      bytes: range.end - range.start,
      signal: options.signal,
      mapError: (error) => error,
    });
  }

  async head(key: string, options: CallOptions = {}): Promise<ObjectFacts | undefined> {
    await Promise.resolve();
    checkKey(key);
    options.signal?.throwIfAborted();
    return this.#objects.get(key)?.facts;
  }

  async *list(prefix: string, options: CallOptions = {}): AsyncGenerator<ListedObject, void, void> {
    await Promise.resolve();
    checkPrefix(prefix);
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
    for (const key of keys) {
      options.signal?.throwIfAborted();
      const facts = this.#objects.get(key)?.facts;
      if (facts !== undefined) yield { key, bytes: facts.bytes, etag: facts.etag };
    }
  }

  async delete(keys: readonly string[], options: CallOptions = {}): Promise<void> {
    await Promise.resolve();
    keys.forEach(checkKey);
    options.signal?.throwIfAborted();
    for (const key of keys) this.#objects.delete(key);
  }

  async compose(key: string, parts: readonly ComposePart[], options: PutOptions = {}): Promise<ObjectFacts> {
    await Promise.resolve();
    checkKey(key);
    options.signal?.throwIfAborted();
    const chunks = parts.flatMap((part) => {
      if (part instanceof Uint8Array) return part.length === 0 ? [] : [Buffer.from(part)];
      checkKey(part.key);
      const object = this.#existing(part.key);
      return [...sliceChunks(object.chunks, resolveRange(part.key, part.range, object.facts.bytes))];
    });
    return this.#store(key, chunks, options);
  }

  presign(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  /** Forgets all objects. */
  close(): Promise<void> {
    this.#objects.clear();
    return Promise.resolve();
  }

  #existing(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (object === undefined) throw new AppError('NOT_FOUND', { details: { key } });
    return object;
  }

  #store(key: string, chunks: readonly Buffer[], options: PutOptions): ObjectFacts {
    this.#versions += 1;
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const contentType = options.contentType ?? DEFAULT_CONTENT_TYPE;
    const facts = { key, bytes, etag: `"${this.#versions.toString(36)}"`, contentType };
    this.#objects.set(key, { facts, chunks });
    return facts;
  }
}

/** Views of the bytes of a range, without copying. */
function* sliceChunks(chunks: readonly Buffer[], range: ExactRange): Generator<Buffer, void, void> {
  let offset = 0;
  for (const chunk of chunks) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, chunk.length);
    if (start < end) yield chunk.subarray(start, end);
    offset += chunk.length;
  }
}

/** Readers get copies: some hand their memory to another thread, which would empty the store's. */
function* copies(chunks: Iterable<Buffer>): Generator<Buffer, void, void> {
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += CHUNK_BYTES) {
      yield Buffer.copyBytesFrom(chunk, start, CHUNK_BYTES);
    }
  }
}
