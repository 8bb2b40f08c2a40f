import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { AppError } from '@tessera/runtime';
import { DEFAULT_CONTENT_TYPE, type CallOptions, type ObjectFacts, type PutOptions } from '../object-store.ts';
import { checksumFields, checksumText } from './checksum.ts';
import { discardUpload } from './discard-upload.ts';
import { headObject } from './head-object.ts';
import type { CallFacts, S3Connection } from './s3-connection.ts';
import type { PartMemory } from './part-memory.ts';
import { isNoSuchUpload } from './s3-error.ts';
import { copyMilliseconds, transferMilliseconds } from './transfer-time.ts';

/** Parts on their way at one time. */
const CONCURRENCY = 2;
/**
 * After an abort or a failure the parts on their way get this long to end by themselves, in milliseconds: a server may
 * go on storing a part whose request was cut, and thereby bring back an upload that has been discarded.
 */
const GRACE_MILLISECONDS = 1_000;
/** Longest time that whoever waits for a failed upload waits for its removal, in milliseconds. */
const DISCARD_MILLISECONDS = 10_000;

/** A stored object, or a piece of it, whose tag is known. */
export interface CopySource {
  readonly key: string;
  readonly etag: string;
  /** Length of the whole object. */
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
}

/**
 * One multipart upload, from its begin to `complete` or `discard`. A few parts travel side by side; after a failure no
 * more are begun. The signal ends everything except the begin: an upload that the server has made but whose name is
 * not known could not be discarded.
 */
export class MultipartUpload {
  readonly #connection: S3Connection;
  readonly #key: string;
  readonly #id: string;
  readonly #contentType: string;
  readonly #checksums: boolean;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal | undefined;
  readonly #running = new Set<Promise<void>>();
  readonly #parts: CompletedPart[] = [];
  #bytes = 0;
  #grace: NodeJS.Timeout | undefined;
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param options.checksums whether parts and the whole carry CRC32 checksums; parts copied by the server do not mix
   * with them, for some servers give a copied range the checksum of its whole source.
   */
  static async begin(
    connection: S3Connection,
    key: string,
    options: PutOptions & { readonly checksums: boolean },
  ): Promise<MultipartUpload> {
    const { contentType = DEFAULT_CONTENT_TYPE, checksums } = options;
    const answer = await connection.call({ key, signal: undefined }, (abortSignal) =>
      connection.client.send(
        new CreateMultipartUploadCommand({
          ...connection.address(key),
          ContentType: contentType,
          ...(checksums ? { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } : {}),
        }),
        { abortSignal },
      ),
    );
    if (answer.UploadId === undefined) throw new AppError('STORE_UNAVAILABLE', { details: { key } });
    return new MultipartUpload(connection, key, answer.UploadId, { ...options, contentType });
  }

  private constructor(
    connection: S3Connection,
    key: string,
    id: string,
    options: CallOptions & { readonly contentType: string; readonly checksums: boolean },
  ) {
    this.#connection = connection;
    this.#key = key;
    this.#id = id;
    this.#contentType = options.contentType;
    this.#checksums = options.checksums;
    this.#signal = options.signal;
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /**
   * Begins part `number` as soon as there is room; resolves when it has begun. `load` gives its bytes, which go to
   * `memory` when they are stored.
   *
   * @throws the failure of an earlier part.
   */
  async put(number: number, load: (signal: AbortSignal) => Promise<Buffer>, memory: PartMemory): Promise<void> {
    await this.#start(async () => {
      const body = await load(this.#stop.signal);
      const answer = await this.#call(transferMilliseconds(body.length), (abortSignal) =>
        this.#connection.client.send(
          new UploadPartCommand({
            ...this.#part(number),
            Body: body,
            ContentLength: body.length,
            ...checksumFields(this.#checksums, body),
          }),
          { abortSignal },
        ),
      );
      this.#done({ PartNumber: number, ETag: answer.ETag, ChecksumCRC32: answer.ChecksumCRC32 }, body.length);
      memory.give(body);
    });
  }

  /** Begins part `number` as a copy that the server makes of a stored object; otherwise as `put`. */
  async copy(number: number, source: CopySource): Promise<void> {
    const { key, etag, bytes, start, end } = source;
    const { Bucket, Key } = this.#connection.address(key);
    await this.#start(async () => {
      const answer = await this.#call(copyMilliseconds(end - start), (abortSignal) =>
        this.#connection.client.send(
          new UploadPartCopyCommand({
            ...this.#part(number),
            CopySource: [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/'),
            CopySourceIfMatch: etag,
            CopySourceRange: start === 0 && end === bytes ? undefined : `bytes=${start}-${end - 1}`,
          }),
          { abortSignal },
        ),
      );
      const { ETag, ChecksumCRC32 } = answer.CopyPartResult ?? {};
      this.#done({ PartNumber: number, ETag, ChecksumCRC32 }, end - start);
    });
  }

  /** Waits for all parts and makes the object of them; with checksums, `crc` is the CRC32 of the whole. */
  async complete(crc?: number): Promise<ObjectFacts> {
    await Promise.all(this.#running);
    this.#throwIfFailed();
    const key = this.#key;
    const bytes = this.#bytes;
    const parts = this.#parts.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
    const etag = await this.#call(copyMilliseconds(bytes), async (abortSignal) => {
      const answer = await this.#connection.client.send(
        new CompleteMultipartUploadCommand({
          ...this.#upload(),
          MultipartUpload: { Parts: parts },
          MpuObjectSize: bytes,
          ...(this.#checksums ? { ChecksumType: 'FULL_OBJECT', ChecksumCRC32: checksumText(crc ?? 0) } : {}),
        }),
        { abortSignal },
      );
      return answer.ETag;
    }).catch((error: unknown) => {
      // An earlier try may have succeeded although its answer was lost; `head` tells.
      if (!isNoSuchUpload(error)) throw error;
    });
    const facts = await headObject(this.#connection, { key, signal: this.#stop.signal });
    if (facts === undefined) throw new AppError('STORE_UNAVAILABLE', { details: { key, upload: 'lost' } });
    if (facts.bytes !== bytes) throw new AppError('STORE_CORRUPT', { details: { key, bytes, stored: facts.bytes } });
    this.#end();
    return { key, bytes, etag: etag ?? facts.etag, contentType: this.#contentType };
  }

  /** Stops the parts and removes what is stored of them; a server that is away leaves it to the sweeper. */
  async discard(): Promise<void> {
    this.#beginGrace();
    await Promise.all(this.#running);
    this.#end();
    const late = AbortSignal.timeout(DISCARD_MILLISECONDS);
    await discardUpload(this.#connection, this.#key, this.#id, late).catch(() => undefined);
  }

  async #start(run: () => Promise<void>): Promise<void> {
    while (this.#running.size >= CONCURRENCY) await Promise.race(this.#running);
    this.#throwIfFailed();
    const running = run()
      .catch((error: unknown) => {
        this.#failure ??= { error };
        this.#beginGrace();
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #done(part: CompletedPart, bytes: number): void {
    this.#parts.push(part);
    this.#bytes += bytes;
  }

  #throwIfFailed(): void {
    this.#signal?.throwIfAborted();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #call<T>(extraMilliseconds: number, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const facts: CallFacts = { key: this.#key, signal: this.#stop.signal, extraMilliseconds };
    return this.#connection.call(facts, send);
  }

  readonly #onAbort = (): void => this.#beginGrace();

  #beginGrace(): void {
    this.#grace ??= setTimeout(() => this.#stop.abort(), GRACE_MILLISECONDS);
  }

  #end(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    clearTimeout(this.#grace);
  }

  #upload(): { Bucket: string; Key: string; UploadId: string } {
    return { ...this.#connection.address(this.#key), UploadId: this.#id };
  }

  #part(number: number): { Bucket: string; Key: string; UploadId: string; PartNumber: number } {
    return { ...this.#upload(), PartNumber: number };
  }
}
