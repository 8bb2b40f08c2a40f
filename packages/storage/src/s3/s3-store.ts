import { Readable } from 'node:stream';
import { GetObjectCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AppError } from '@tessera/runtime';
import { bodyChunks, type Body } from '../body-chunks.ts';
import { checkRange, outside, resolveRange } from '../byte-range.ts';
import { checkKey, checkPrefix } from '../object-key.ts';
import type {
  ByteRange,
  CallOptions,
  ComposePart,
  ListedObject,
  ObjectFacts,
  ObjectStore,
  PresignOptions,
  PutOptions,
} from '../object-store.ts';
import { composeObject } from './compose-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { headObject } from './head-object.ts';
import { listObjects } from './list-objects.ts';
import { listUnfinished, sweepUnfinished, type MultipartSweeper, type UnfinishedUpload } from './multipart-sweeper.ts';
import { ObjectReader } from './object-reader.ts';
import { openObject } from './open-object.ts';
import { putChunks, putWhole } from './put-object.ts';
import { S3Connection } from './s3-connection.ts';
import type { S3StoreOptions } from './s3-options.ts';

/** Longest life of a signed URL: a rule of signature version 4. */
const MAX_PRESIGN_SECONDS = 7 * 24 * 3600;

/**
 * Objects in a bucket of S3 or of a server that speaks its protocol.
 *
 * Integrity: every upload is signed with the SHA-256 of its bytes, which the server checks. A put also carries a CRC32
 * of the whole object, and reads of whole objects are checked against it where the server keeps it. Composed objects of
 * several parts have none; reads of them and of ranges are checked in length and tag. Nothing depends on conditional
 * writes, lifecycle rules or object tags.
 *
 * Parts differ in size unless `equalParts` is set, which Cloudflare R2 needs. An abort in the very moment in which the server stores the
 * last byte may come too late: then the object is visible although the put was rejected.
 *
 * @throws AppError INVALID_CONFIG
 */
export function createS3Store(options: S3StoreOptions): ObjectStore & MultipartSweeper {
  return new S3Store(new S3Connection(options));
}

class S3Store implements ObjectStore, MultipartSweeper {
  readonly #connection: S3Connection;

  constructor(connection: S3Connection) {
    this.#connection = connection;
  }

  async put(key: string, body: Body, options: PutOptions = {}): Promise<ObjectFacts> {
    checkKey(key);
    options.signal?.throwIfAborted();
    if (body instanceof Uint8Array && body.length <= this.#connection.partBytes) {
      return putWhole(this.#connection, key, body, options);
    }
    return putChunks(this.#connection, key, bodyChunks(body, options.signal), options);
  }

  async get(key: string, options: CallOptions & { readonly range?: ByteRange | undefined } = {}): Promise<Readable> {
    checkKey(key);
    const { range, signal } = options;
    if (range !== undefined) {
      checkRange(key, range);
      if (range.start === range.end) return this.#nothing(key, range, signal);
    }
    try {
      const opened = await openObject(this.#connection, key, { range, signal });
      return new ObjectReader(this.#connection, key, opened, signal);
    } catch (error) {
      const atEnd = range?.end === undefined && AppError.is(error) && error.code === 'RANGE_NOT_SATISFIABLE';
      if (range === undefined || !atEnd) throw error;
      return this.#nothing(key, { start: range.start, end: range.start }, signal);
    }
  }

  async head(key: string, options: CallOptions = {}): Promise<ObjectFacts | undefined> {
    checkKey(key);
    return headObject(this.#connection, { key, signal: options.signal });
  }

  async *list(prefix: string, options: CallOptions = {}): AsyncGenerator<ListedObject, void, void> {
    checkPrefix(prefix);
    yield* listObjects(this.#connection, prefix, options.signal);
  }

  async delete(keys: readonly string[], options: CallOptions = {}): Promise<void> {
    keys.forEach(checkKey);
    await deleteObjects(this.#connection, keys, options.signal);
  }

  async compose(key: string, parts: readonly ComposePart[], options: PutOptions = {}): Promise<ObjectFacts> {
    checkKey(key);
    options.signal?.throwIfAborted();
    return composeObject(this.#connection, key, parts, options);
  }

  async presign(key: string, options: PresignOptions): Promise<string> {
    checkKey(key);
    const { expiresSeconds, contentDisposition } = options;
    if (!Number.isSafeInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > MAX_PRESIGN_SECONDS) {
      throw new AppError('BAD_REQUEST', { message: `A link lives 1 to ${MAX_PRESIGN_SECONDS} seconds.` });
    }
    const command = new GetObjectCommand({
      ...this.#connection.address(key),
      ResponseContentDisposition: contentDisposition,
    });
    return getSignedUrl(this.#connection.client, command, { expiresIn: expiresSeconds });
  }

  async ping(options: CallOptions = {}): Promise<void> {
    await this.#connection
      .call({ key: '', signal: options.signal }, (abortSignal) =>
        this.#connection.client.send(new HeadBucketCommand({ Bucket: this.#connection.bucket }), { abortSignal }),
      )
      .catch((error: unknown) => {
        options.signal?.throwIfAborted();
        // A bucket that does not exist is a store that can not be used.
        throw new AppError('STORE_UNAVAILABLE', { cause: error });
      });
  }

  close(): Promise<void> {
    this.#connection.client.destroy();
    return Promise.resolve();
  }

  listMultiparts(options: CallOptions = {}): Promise<readonly UnfinishedUpload[]> {
    return listUnfinished(this.#connection, options.signal);
  }

  sweepMultiparts(olderThanSeconds: number, options: CallOptions = {}): Promise<number> {
    const before = new Date(Date.now() - olderThanSeconds * 1000);
    return sweepUnfinished(this.#connection, before, options.signal);
  }

  /** An empty range, for which HTTP has no words: only the object's length decides. */
  async #nothing(key: string, range: ByteRange, signal: AbortSignal | undefined): Promise<Readable> {
    const facts = await headObject(this.#connection, { key, signal });
    if (facts === undefined) throw new AppError('NOT_FOUND', { details: { key } });
    const { start, end } = resolveRange(key, range, facts.bytes);
    if (start !== end) throw outside(key, range, facts.bytes);
    return Readable.from([]);
  }
}
