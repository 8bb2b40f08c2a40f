import { AppError } from '@tessera/runtime';
import type { ObjectStore } from '@tessera/storage';
import type { JobRow, JobStore } from '@tessera/store';
import type { Request, Response } from 'express';
import { Checksums } from '../archive/checksums.ts';
import { resultsArchive } from '../archive/results-archive.ts';
import { sendBytes } from '../http/send-bytes.ts';
import type { HandlersOf } from './parts.ts';

export interface ArchiveParts {
  readonly store: JobStore;
  readonly objects: ObjectStore;
}

export function archiveHandlers({ store, objects }: ArchiveParts): HandlersOf<'getBatchResults' | 'getResults'> {
  const checksums = new Checksums();
  const send = async (request: Request, response: Response, jobs: readonly JobRow[]): Promise<void> => {
    if (jobs.length === 0) throw new AppError('NOT_FOUND');
    const archive = resultsArchive(jobs, { objects, checksums });
    if (archive === undefined) throw new AppError('CONFLICT', { message: 'None of these jobs has a result.' });
    await sendBytes(request, response, {
      bytes: archive.bytes,
      contentType: 'application/zip',
      tag: archive.tag,
      name: archive.name,
      cacheControl: 'private, no-cache',
      read: (range, signal) => Promise.resolve(archive.read(range ?? { start: 0, end: archive.bytes }, signal)),
    });
  };
  return {
    getBatchResults: async ({ params, request, response }) =>
      send(request, response, await store.getBatch(params.batch)),
    getResults: async ({ query, request, response }) => send(request, response, await store.getJobs(query.jobs)),
  };
}
