import { AppError } from '@tessera/runtime';
import type { JobRow, JobStore } from '@tessera/store';
import type { Request, Response } from 'express';
import { sendArchive, type ArchiveStores } from '../archive/send-archive.ts';
import type { HandlersOf } from './parts.ts';

export interface ArchiveParts {
  readonly store: JobStore;
  readonly archives: ArchiveStores;
}

export function archiveHandlers({ store, archives }: ArchiveParts): HandlersOf<'getBatchResults' | 'getResults'> {
  const send = async (request: Request, response: Response, jobs: readonly JobRow[]): Promise<void> => {
    if (jobs.length === 0) throw new AppError('NOT_FOUND');
    await sendArchive(request, response, jobs, archives);
  };
  return {
    getBatchResults: async ({ params, request, response }) =>
      send(request, response, await store.getBatch(params.batch)),
    getResults: async ({ query, request, response }) => send(request, response, await store.getJobs(query.jobs)),
  };
}
