import { pipeline, Transform, type Readable, type TransformCallback } from 'node:stream';
import { AppError } from '@tessera/runtime';

export interface ExactStreamOptions {
  readonly key: string;
  /** Bytes that the source must deliver. */
  readonly bytes: number;
  readonly signal: AbortSignal | undefined;
  /** Turns an error of the source into the one that the reader sees. */
  readonly mapError: (error: unknown) => unknown;
}

/**
 * Passes a stream on and fails it with STORE_CORRUPT unless it delivers exactly the promised bytes; fails it with the
 * signal's reason on abort. Destroying the result destroys the source.
 */
export function exactStream(source: Readable, options: ExactStreamOptions): Readable {
  const { key, bytes, mapError } = options;
  let seen = 0;
  const wrongLength = (): AppError => new AppError('STORE_CORRUPT', { details: { key, bytes, seen } });
  const result = new Transform({
    transform(chunk: Uint8Array, _encoding, done: TransformCallback) {
      seen += chunk.length;
      if (seen > bytes) done(wrongLength());
      else done(null, chunk);
    },
    flush(done: TransformCallback) {
      done(seen === bytes ? null : wrongLength());
    },
  });
  // An error of the source must reach the reader in mapped form, so it may not travel through `pipeline` itself.
  source.once('error', (error) => result.destroy(mapError(error) as Error));
  pipeline(source, result, () => undefined);
  destroyOnAbort(result, options.signal);
  return result;
}

/** Destroys a stream with the signal's reason; a stream that has ended forgets the signal. */
export function destroyOnAbort(stream: Readable, signal: AbortSignal | undefined): void {
  if (signal === undefined) return;
  const onAbort = (): void => {
    stream.destroy(
      signal.reason instanceof Error ? signal.reason : new AppError('CANCELLED', { cause: signal.reason }),
    );
  };
  if (signal.aborted) return onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', onAbort));
}
