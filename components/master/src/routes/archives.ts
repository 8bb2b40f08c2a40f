import { z } from 'zod';
import { route } from '../http/route.ts';

/** Jobs that a request line holds with their ids, within what proxies let through. */
const MAX_CHOSEN = 300;

const TAG = 'Archives';
const answer = { kind: 'stream', status: 200, contentType: 'application/zip', description: 'The archive.' } as const;
const description =
  'Streamed, with its length; the same jobs give the same bytes, so it answers ranges and `If-Range`. Names are ' +
  'unique; jobs without a result are listed in `missing.txt`. 409 while no job has a result.';
const errors = ['NOT_FOUND', 'CONFLICT', 'RANGE_NOT_SATISFIABLE', 'STORE_UNAVAILABLE'] as const;

export const archiveRoutes = {
  getBatchResults: route({
    method: 'get',
    path: '/api/v1/batches/:batch/results.zip',
    tag: TAG,
    summary: 'The results of a batch as one file',
    description,
    guards: [],
    answer,
    errors,
  }),
  getResults: route({
    method: 'get',
    path: '/api/v1/results.zip',
    tag: TAG,
    summary: 'The results of some jobs as one file',
    description,
    query: z.object({
      jobs: z
        .string()
        .max(MAX_CHOSEN * 65)
        .transform((ids) => ids.split(','))
        .pipe(z.array(z.string().min(1).max(64)).min(1).max(MAX_CHOSEN))
        .describe(`Ids of jobs, with commas between; at most ${MAX_CHOSEN}.`),
    }),
    guards: [],
    answer,
    errors: ['BAD_REQUEST', ...errors],
  }),
} as const;
