import { z } from 'zod';
import { route } from '../http/route.ts';

/** Jobs that one stream may name. */
const MAX_WATCHED = 200;

/** Batches that one stream may name. */
const MAX_BATCHES = 20;

const id = z.string().max(64);
const ids = (most: number) => z.union([id, z.array(id).max(most)]).optional();

export const eventRoutes = {
  watchEvents: route({
    method: 'get',
    path: '/api/v1/events',
    tag: 'Events',
    summary: 'Changes as they happen',
    description:
      'A stream of server-sent events: `event: job` carries a job, `event: task` a task with the id of its job. ' +
      'Without `job` and `batch` it tells of all jobs of the visitor, with `own` of these and of the named ones. It ' +
      'begins with the present state of the named jobs; with `Last-Event-ID`, or `after` for clients that can not send ' +
      'it, it begins with what was missed.',
    query: z.object({
      job: ids(MAX_WATCHED).describe('Id of a job to watch; may be repeated.'),
      batch: ids(MAX_BATCHES).describe('Id of a batch whose jobs to watch; may be repeated.'),
      own: z.stringbool().optional().describe('Also the jobs of the visitor; what is not there is left out then.'),
      after: z.coerce.number().int().min(0).optional().describe('The last `id` that was seen.'),
    }),
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'text/event-stream', description: 'The stream.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'SHUTTING_DOWN'],
  }),
} as const;
