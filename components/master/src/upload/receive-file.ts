import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import { appendScratch, scratchError } from './scratch-file.ts';

export interface ReceivedFile {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ReceiveTarget {
  readonly objects: ObjectStore;
  readonly key: string;
  /** A copy on disk, for the decoder to look at. */
  readonly scratch: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Told of each piece that arrives; throws to refuse it. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Streams a file into the object store and a scratch file at the same time, counting and hashing. Nothing is left of it
 * in the store if it fails; the scratch file is the caller's to remove.
 *
 * @throws AppError FILE_TOO_LARGE, SCRATCH_FULL, and what the object store throws.
 */
export async function receiveFile(stream: Readable, target: ReceiveTarget): Promise<ReceivedFile> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  const scratch = await open(target.scratch, 'wx', 0o600).catch(scratchError);
  async function* tee(): AsyncGenerator<Uint8Array> {
    // A stream destroyed here would fail the form's parser before it is told why the file was refused.
    for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > target.maxBytes) throw new AppError('FILE_TOO_LARGE');
      target.onBytes(chunk.byteLength);
      sha256.update(chunk);
      await appendScratch(scratch, chunk);
      yield chunk;
    }
  }
  try {
    const stored = await target.objects.put(target.key, tee(), { signal: target.signal });
    if (stored.bytes !== bytes) throw new AppError('STORE_CORRUPT');
  } finally {
    await scratch.close();
  }
  return { key: target.key, bytes, sha256: sha256.digest('hex') };
}
