import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { AppError, fullJitter } from '@tessera/runtime';
import { checkPrefix } from '../object-key.ts';
import { createClient } from './s3-client.ts';
import { s3Failure } from './s3-error.ts';
import { MIN_PART_BYTES, type S3StoreOptions } from './s3-options.ts';

const TRIES = 6;
const BACKOFF = { firstMilliseconds: 100, maxMilliseconds: 5_000 };
/** A call may take this many times its request's timeout, waits between tries included. */
const CALL_FACTOR = 3;

export interface CallFacts {
  /** For error details. */
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  /** Time beyond the timeout that moving bytes may take, in milliseconds. */
  readonly extraMilliseconds?: number | undefined;
}

/** A client for one bucket: names, retries with full jitter, a deadline for every request and every call. */
export class S3Connection {
  readonly client: S3Client;
  readonly bucket: string;
  readonly prefix: string;
  readonly partBytes: number;
  readonly equalParts: boolean;
  readonly timeoutMilliseconds: number;
  readonly checksums: boolean;

  constructor(options: S3StoreOptions) {
    this.prefix = options.prefix === undefined ? '' : options.prefix.replace(/\/?$/, '/').replace(/^\/$/, '');
    try {
      checkPrefix(this.prefix);
    } catch (cause) {
      throw new AppError('INVALID_CONFIG', { message: 'The prefix can not be the beginning of keys.', cause });
    }
    this.partBytes = options.partBytes ?? 8 * 1024 * 1024;
    if (this.partBytes < MIN_PART_BYTES) {
      throw new AppError('INVALID_CONFIG', { message: `A part must have at least ${MIN_PART_BYTES} bytes.` });
    }
    this.equalParts = options.equalParts ?? false;
    this.bucket = options.bucket;
    this.timeoutMilliseconds = options.requestTimeoutMilliseconds ?? 10_000;
    this.checksums = options.checksums ?? true;
    this.client = createClient(options);
  }

  /** The object's name in the bucket. */
  address(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: this.prefix + key };
  }

  /**
   * Sends a request until it succeeds, fails for good, or time or tries run out.
   *
   * @throws AppError as `s3Failure` translates, or the signal's reason.
   */
  async call<T>(facts: CallFacts, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { key, signal } = facts;
    const patience = this.timeoutMilliseconds + (facts.extraMilliseconds ?? 0);
    const deadline = performance.now() + CALL_FACTOR * patience;
    for (let tries = 1; ; tries += 1) {
      try {
        return await within(Math.min(patience, deadline - performance.now()), signal, send);
      } catch (caught) {
        signal?.throwIfAborted();
        const { error, transient } = s3Failure(caught, key);
        const delay = fullJitter(BACKOFF, tries - 1, Math.random);
        if (!transient || tries === TRIES || performance.now() + delay >= deadline) throw error;
        await pause(delay, signal);
      }
    }
  }
}

/** Waits; an abort ends it with the signal's reason. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Runs something that must end in time; both the time and the signal abort it, even if it does not listen. */
async function within<T>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown): void => {
    stop.abort(reason);
    reject(reason);
  };
  const onAbort = (): void => end(signal?.reason);
  const timer = setTimeout(() => {
    end(new AppError('STORE_UNAVAILABLE', { details: { timeoutMilliseconds: milliseconds } }));
  }, milliseconds);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([run(stop.signal), stopped]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
