import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';

/**
 * Copies a stored object to a file, in constant memory.
 *
 * @param onBytes told of each piece that arrives.
 * @throws AppError NOT_FOUND, STORE_UNAVAILABLE, SCRATCH_FULL, CANCELLED; nothing is left behind then.
 */
export async function fetchObject(
  objects: ObjectStore,
  key: string,
  target: string,
  { signal, onBytes }: { readonly signal: AbortSignal; readonly onBytes?: (bytes: number) => void },
): Promise<void> {
  const seen = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes?.(chunk.length);
      done(null, chunk);
    },
  });
  try {
    await pipeline(await objects.get(key, { signal }), seen, createWriteStream(target, { mode: 0o600 }), { signal });
  } catch (error) {
    await rm(target, { force: true });
    throw fetchError(error, signal);
  }
}

function fetchError(error: unknown, signal: AbortSignal): AppError {
  if (signal.aborted) return new AppError('CANCELLED', { cause: error });
  if (AppError.is(error)) return error;
  const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return new AppError(full ? 'SCRATCH_FULL' : 'STORE_UNAVAILABLE', { cause: error });
}
