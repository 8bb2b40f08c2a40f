import type { BigIntStats } from 'node:fs';
import { rm, type FileHandle } from 'node:fs/promises';
import { AppError } from '@tessera/runtime';
import type { PutOptions } from '../object-store.ts';
import { folderError, guarded } from './folder-error.ts';
import type { FolderLayout } from './folder-layout.ts';
import { createPartialFile } from './partial-file.ts';

/** Writes chunks to a partial file and publishes it under the key; whatever fails, no partial file remains. */
export async function writeFileObject(
  layout: FolderLayout,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<BigIntStats> {
  const { path, handle } = await createPartialFile(layout.partial).catch((error: unknown) => {
    throw new AppError('STORE_UNAVAILABLE', { details: { key }, cause: error });
  });
  try {
    const facts = await fill(handle, key, chunks, layout.durable).finally(() => handle.close());
    options.signal?.throwIfAborted();
    await guarded(key, () => layout.publish(path, key, options.contentType));
    return facts;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Only the file's own errors become the store's; those of the chunks stay their owner's. */
async function fill(
  handle: FileHandle,
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  durable: boolean,
): Promise<BigIntStats> {
  let bytes = 0;
  for await (const chunk of chunks) {
    await handle.writeFile(chunk).catch((error: unknown) => {
      throw folderError(error, key);
    });
    bytes += chunk.length;
  }
  return guarded(key, async () => {
    if (durable) await handle.datasync();
    const facts = await handle.stat({ bigint: true });
    if (Number(facts.size) !== bytes) {
      throw new AppError('STORE_CORRUPT', { details: { key, bytes, stored: Number(facts.size) } });
    }
    return facts;
  });
}
