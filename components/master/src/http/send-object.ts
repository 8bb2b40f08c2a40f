import type { ObjectStore } from '@tessera/storage';
import type { Request, Response } from 'express';
import { sendBytes, type SentBytes } from './send-bytes.ts';

export interface SentObject extends Pick<SentBytes, 'bytes' | 'contentType' | 'tag' | 'name'> {
  readonly key: string;
}

/**
 * Sends a stored object, or the range of it that was asked for, in constant memory. Objects are immutable, so its tag
 * never changes for one address.
 *
 * @throws AppError RANGE_NOT_SATISFIABLE, and what the object store throws.
 */
export async function sendObject(
  request: Request,
  response: Response,
  objects: ObjectStore,
  { key, ...object }: SentObject,
): Promise<void> {
  await sendBytes(request, response, {
    ...object,
    cacheControl: 'private, max-age=86400, immutable',
    read: (range, signal) => objects.get(key, { range, signal }),
  });
}
