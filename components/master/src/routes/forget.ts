import { forgetRequestSchema, forgottenSchema } from '@tessera/contracts';
import { route } from '../http/route.ts';

export const forgetRoutes = {
  forgetJobs: route({
    method: 'post',
    path: '/api/v1/jobs/forget',
    tag: 'Jobs',
    summary: 'Delete jobs and their results',
    description:
      'Only the visitor who submitted a job may; others’ and unknown ids are left out of the answer. Open jobs are ' +
      'cancelled. A file that another job shares stays for it.',
    body: forgetRequestSchema,
    guards: [],
    answer: { kind: 'json', status: 200, schema: forgottenSchema, description: 'The jobs that are gone.' },
    errors: ['BAD_REQUEST'],
  }),
} as const;
