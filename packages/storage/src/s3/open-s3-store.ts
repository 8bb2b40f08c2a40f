import { AppError, refusedCertificate } from '@tessera/runtime';
import type { ObjectStore } from '../object-store.ts';
import type { MultipartSweeper } from './multipart-sweeper.ts';
import type { S3StoreOptions } from './s3-options.ts';
import { createS3Store } from './s3-store.ts';

/** Milliseconds for the first question to the server. */
const FIRST_ANSWER = 5000;

/**
 * Makes a store and asks its server once: a certificate that is refused now is refused for ever, and whoever started the
 * process is told at once. A server that does not answer may come later.
 *
 * @throws AppError INVALID_CONFIG
 */
export async function openS3Store(options: S3StoreOptions): Promise<ObjectStore & MultipartSweeper> {
  const store = createS3Store(options);
  try {
    await store.ping({ signal: AbortSignal.timeout(FIRST_ANSWER) });
  } catch (error) {
    const refused = refusedCertificate(error);
    if (refused === undefined) return store;
    await store.close();
    throw new AppError('INVALID_CONFIG', {
      message: `The certificate of the object store was refused: ${refused}.`,
      cause: error,
    });
  }
  return store;
}
