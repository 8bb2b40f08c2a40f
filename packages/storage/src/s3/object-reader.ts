import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AppError, fullJitter } from '@tessera/runtime';
import { destroyOnAbort } from '../exact-stream.ts';
import { openObject, type OpenedObject } from './open-object.ts';
import { pause, type S3Connection } from './s3-connection.ts';

const BACKOFF = { firstMilliseconds: 100, maxMilliseconds: 5_000 };
/** How often a stream is taken up again: this often, and once more per `RESUME_BYTES` that it has brought. */
const RESUMES = 5;
const RESUME_BYTES = 8 * 1024 * 1024;
/** A connection that brings less than this within the timeout is given up for a new one. */
const WINDOW_BYTES = 64 * 1024;

/**
 * Reads an object from S3. When the connection breaks, ends early or stalls, it goes on with a range request for the
 * rest, on condition that the object's tag is still the same; the last resort is an error (STORE_CORRUPT for bytes that
 * are missing or wrong), never a short stream.
 */
export class ObjectReader extends Readable {
  readonly #connection: S3Connection;
  readonly #key: string;
  readonly #first: OpenedObject;
  readonly #stop = new AbortController();
  #source: Readable;
  #chunks: AsyncIterator<unknown>;
  #received = 0;
  #crc = 0;
  #resumes = 0;
  #reading = false;
  #waited = 0;
  #windowBytes = 0;

  constructor(connection: S3Connection, key: string, first: OpenedObject, signal: AbortSignal | undefined) {
    super({ highWaterMark: 1 << 18 });
    this.#connection = connection;
    this.#key = key;
    this.#first = first;
    this.#source = first.source;
    this.#chunks = first.source[Symbol.asyncIterator]();
    destroyOnAbort(this, signal);
  }

  override _read(): void {
    if (this.#reading) return;
    this.#reading = true;
    this.#next().then(
      (chunk) => {
        this.#reading = false;
        if (!this.destroyed) this.push(chunk);
      },
      (error: unknown) => this.destroy(AppError.from(error, 'STORE_UNAVAILABLE')),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#stop.abort();
    this.#leaveSource();
    done(error);
  }

  get #bytes(): number {
    return this.#first.end - this.#first.start;
  }

  /** The next chunk, or null after the last one, which is only reached with every byte in place. */
  async #next(): Promise<Buffer | null> {
    while (this.#received < this.#bytes) {
      const chunk = await this.#timely(this.#chunks.next()).then(
        (step) => (step.done === true ? this.#corrupt() : (step.value as Buffer)),
        (error: unknown) => (AppError.is(error) ? error : this.#corrupt(error)),
      );
      if (!AppError.is(chunk)) return this.#accept(chunk);
      await this.#resume(chunk);
    }
    if (this.#first.crc !== undefined && this.#first.crc !== this.#crc) throw this.#corrupt();
    return null;
  }

  #accept(chunk: Buffer): Buffer {
    this.#received += chunk.length;
    this.#windowBytes += chunk.length;
    if (this.#windowBytes >= WINDOW_BYTES) this.#windowBytes = this.#waited = 0;
    if (this.#first.crc !== undefined) this.#crc = crc32(chunk, this.#crc);
    if (this.#received > this.#bytes) throw this.#corrupt();
    return chunk;
  }

  /** Fails when the source has been waited for too long since it last brought a window's bytes. */
  async #timely<T>(chunk: Promise<T>): Promise<T> {
    const began = performance.now();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new AppError('STORE_UNAVAILABLE', { details: { key: this.#key, received: this.#received } })),
      Math.max(this.#connection.timeoutMilliseconds - this.#waited, 0),
    );
    try {
      return await Promise.race([chunk, late]);
    } finally {
      clearTimeout(timer);
      this.#waited += performance.now() - began;
    }
  }

  /** Opens the rest of the object, or throws `failure` when that has been done often enough. */
  async #resume(failure: AppError): Promise<void> {
    this.#leaveSource();
    const { start, end, etag } = this.#first;
    if (this.#resumes >= RESUMES + Math.floor(this.#received / RESUME_BYTES)) throw failure;
    await pause(fullJitter(BACKOFF, this.#resumes % RESUMES, Math.random), this.#stop.signal);
    this.#resumes += 1;
    const range = { start: start + this.#received, end };
    const opened = await openObject(this.#connection, this.#key, { range, etag, signal: this.#stop.signal });
    this.#source = opened.source;
    this.#chunks = opened.source[Symbol.asyncIterator]();
    this.#windowBytes = this.#waited = 0;
    if (this.destroyed) this.#leaveSource();
  }

  /** A source that brought everything keeps its connection for the next request. */
  #leaveSource(): void {
    this.#source.on('error', () => undefined);
    if (this.#received === this.#bytes) this.#chunks.next().catch(() => undefined);
    else this.#source.destroy();
  }

  #corrupt(cause?: unknown): AppError {
    const details = { key: this.#key, bytes: this.#bytes, received: this.#received };
    return new AppError('STORE_CORRUPT', { details, cause });
  }
}
