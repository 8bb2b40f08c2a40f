import { z } from 'zod';
import { route } from '../http/route.ts';

/** Jobs that one stream may name. */
const MAX_WATCHED = 200;

const jobId = z.string().max(64);

export const eventRoutes = {
  watchEvents: route({
    method: 'get',
    path: '/api/v1/events',
    tag: 'Events',
    summary: 'Changes as they happen',
    description:
      'A stream of server-sent events: `event: job` carries a job, `event: task` a task with the id of its job. ' +
      'Without `job` it tells of all jobs of the visitor. It begins with the present state of the named jobs; ' +
      'with `Last-Event-ID` it begins with what was missed.',
    query: z.object({
      job: z
        .union([jobId, z.array(jobId).max(MAX_WATCHED)])
        .optional()
        .describe('Id of a job to watch; may be repeated.'),
    }),
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'text/event-stream', description: 'The stream.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'SHUTTING_DOWN'],
  }),
} as const;
