import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobRow } from '@tessera/store';
import type { Request, Response } from 'express';
import { sendBytes } from '../http/send-bytes.ts';
import type { Checksums } from './checksums.ts';
import { resultsArchive } from './results-archive.ts';

export interface ArchiveStores {
  readonly objects: ObjectStore;
  readonly checksums: Checksums;
}

/**
 * Sends the results of jobs as one ZIP file.
 *
 * @param name default: that of an archive of its day.
 * @throws AppError CONFLICT where none has a result, and what sending throws.
 */
export async function sendArchive(
  request: Request,
  response: Response,
  jobs: readonly JobRow[],
  stores: ArchiveStores,
  name?: string,
): Promise<void> {
  const archive = await resultsArchive(jobs, stores);
  if (archive === undefined) throw new AppError('CONFLICT', { message: 'None of these jobs has a result.' });
  await sendBytes(request, response, {
    bytes: archive.bytes,
    contentType: 'application/zip',
    tag: archive.tag,
    name: name ?? archive.name,
    cacheControl: 'private, no-cache',
    read: (range, signal) => Promise.resolve(archive.read(range ?? { start: 0, end: archive.bytes }, signal)),
  });
}
