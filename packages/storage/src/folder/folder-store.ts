import { constants, type BigIntStats } from 'node:fs';
import { access, mkdir, open, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '@tessera/runtime';
import { bodyChunks, type Body } from '../body-chunks.ts';
import { checkRange, resolveRange } from '../byte-range.ts';
import { exactStream } from '../exact-stream.ts';
import { checkKey, checkPrefix } from '../object-key.ts';
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
import { absent, folderError, guarded } from './folder-error.ts';
import { FolderLayout } from './folder-layout.ts';
import { listFolder } from './list-folder.ts';
import { sweepPartialFiles } from './partial-file.ts';
import { writeFileObject } from './write-file-object.ts';

/** Bytes read from a file at a time. */
const CHUNK_BYTES = 1 << 18;
/** Of ranges, at most: as large as any read of a raster's tiles, so that it comes in one piece that nobody has to copy. */
const RANGE_BYTES = 1 << 23;

export interface FolderStoreOptions {
  /** Folder that holds the objects; it is made if it does not exist. */
  readonly root: string;
  /** Whether a stored object survives a power loss as soon as `put` resolves. Default true; false is faster. */
  readonly durable?: boolean | undefined;
}

/**
 * Objects as plain files under `root`, for one machine. A file becomes visible by a rename, so it is whole or not
 * there. What killed writers left is swept when the store is created. A key can not be a folder of another
 * key (CONFLICT). `presign` gives `undefined`.
 */
export function createFolderStore(options: FolderStoreOptions): ObjectStore {
  return new FolderStore(resolve(options.root), options.durable ?? true);
}

class FolderStore implements ObjectStore {
  readonly #layout: FolderLayout;
  #prepared: Promise<void> | undefined;

  constructor(root: string, durable: boolean) {
    this.#layout = new FolderLayout(root, durable);
    this.#prepare().catch(() => undefined);
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<ObjectFacts> {
    checkKey(key);
    return this.#write(key, bodyChunks(body, options.signal), options);
  }

  async get(key: string, options: CallOptions & { readonly range?: ByteRange | undefined } = {}): Promise<Readable> {
    const { range, signal } = options;
    checkKey(key);
    if (range !== undefined) checkRange(key, range);
    signal?.throwIfAborted();
    const { handle, bytes } = await this.#open(key);
    try {
      const { start, end } = resolveRange(key, range, bytes);
      if (start === end) await handle.close();
      const source =
        start === end
          ? Readable.from([])
          : handle.createReadStream({
              start,
              end: end - 1,
              highWaterMark: range ? Math.min(RANGE_BYTES, end - start) : CHUNK_BYTES,
            });
      return exactStream(source, { key, bytes: end - start, signal, mapError: (error) => folderError(error, key) });
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async head(key: string, options: CallOptions = {}): Promise<ObjectFacts | undefined> {
    checkKey(key);
    options.signal?.throwIfAborted();
    return guarded(key, async () => {
      const facts = await stat(this.#layout.object(key), { bigint: true }).catch(absent);
      if (facts?.isFile() !== true) return undefined;
      const contentType = (await this.#layout.contentType(key)) ?? DEFAULT_CONTENT_TYPE;
      return { ...listedObject(key, facts), contentType };
    });
  }

  async *list(prefix: string, options: CallOptions = {}): AsyncGenerator<ListedObject, void, void> {
    checkPrefix(prefix);
    for await (const key of listFolder(this.#layout, prefix)) {
      options.signal?.throwIfAborted();
      const facts = await guarded(key, () => stat(this.#layout.object(key), { bigint: true }).catch(absent));
      if (facts?.isFile() === true) yield listedObject(key, facts);
    }
  }

  async delete(keys: readonly string[], options: CallOptions = {}): Promise<void> {
    keys.forEach(checkKey);
    for (const key of keys) {
      options.signal?.throwIfAborted();
      await guarded(key, () => this.#layout.remove(key));
    }
  }

  async compose(key: string, parts: readonly ComposePart[], options: PutOptions = {}): Promise<ObjectFacts> {
    checkKey(key);
    return this.#write(key, this.#partChunks(parts, options.signal), options);
  }

  presign(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async ping(): Promise<void> {
    await this.#prepare();
    await access(this.#layout.partial, constants.R_OK | constants.W_OK | constants.X_OK).catch(unavailable);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #write(key: string, chunks: AsyncIterable<Uint8Array>, options: PutOptions): Promise<ObjectFacts> {
    options.signal?.throwIfAborted();
    await this.#prepare();
    const facts = await writeFileObject(this.#layout, key, chunks, options);
    return { ...listedObject(key, facts), contentType: options.contentType ?? DEFAULT_CONTENT_TYPE };
  }

  async *#partChunks(
    parts: readonly ComposePart[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array, void, void> {
    for (const part of parts) {
      if (part instanceof Uint8Array) yield part;
      else yield* bodyChunks(await this.get(part.key, { range: part.range, signal }), signal);
    }
  }

  async #open(key: string): Promise<{ handle: FileHandle; bytes: number }> {
    return guarded(key, async () => {
      const handle = await open(this.#layout.object(key), 'r');
      const facts = await handle.stat();
      if (facts.isFile()) return { handle, bytes: facts.size };
      await handle.close();
      throw new AppError('NOT_FOUND', { details: { key } });
    });
  }

  /** Makes the folders and sweeps once; a failure is not remembered, for the disk may come back. */
  #prepare(): Promise<void> {
    this.#prepared ??= mkdir(this.#layout.partial, { recursive: true })
      .then(() => sweepPartialFiles(this.#layout.partial))
      .catch((error: unknown) => {
        this.#prepared = undefined;
        return unavailable(error);
      });
    return this.#prepared;
  }
}

function unavailable(error: unknown): never {
  throw new AppError('STORE_UNAVAILABLE', { cause: error });
}

/** Size, time of change and inode together change with every rewrite of a file. */
function listedObject(key: string, facts: BigIntStats): ListedObject {
  const etag = `"${[facts.size, facts.mtimeNs, facts.ino].map((part) => part.toString(36)).join('-')}"`;
  return { key, bytes: Number(facts.size), etag };
}
