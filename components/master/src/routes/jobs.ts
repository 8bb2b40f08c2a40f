import {
  attemptListSchema,
  batchSchema,
  jobListSchema,
  jobRequestSchema,
  jobSchema,
  jobStateSchema,
  jobsCreatedSchema,
  reportSchema,
  taskListSchema,
} from '@tessera/contracts';
import { z } from 'zod';
import { route } from '../http/route.ts';

const TAG = 'Jobs';

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('Jobs of one page.'),
  before: z.string().max(200).optional().describe('The `next` of the page before.'),
  state: z
    .union([jobStateSchema, z.array(jobStateSchema).max(10)])
    .optional()
    .describe('Only jobs in this state; may be repeated.'),
  q: z.string().max(200).optional().describe('A part of the file name or of the name of an operation, in any case.'),
  from: z.iso.datetime().optional().describe('Submitted at this time or later.'),
  to: z.iso.datetime().optional().describe('Submitted before this time.'),
  batch: z.string().max(64).optional().describe('Only jobs that were submitted together.'),
});

export const jobRoutes = {
  createJobs: route({
    method: 'post',
    path: '/api/v1/jobs',
    tag: TAG,
    summary: 'Process images',
    description:
      'Starts one job for each image. Several images make a batch. A webhook is told when each job has ended, and ' +
      'when all those of the batch have: at least once, signed in `Tessera-Signature`, under an id in `Tessera-Delivery`.',
    body: jobRequestSchema,
    guards: ['admission', 'submit'],
    answer: { kind: 'json', status: 202, schema: jobsCreatedSchema, description: 'The jobs, queued or already done.' },
    errors: [
      'BAD_REQUEST',
      'NOT_FOUND',
      'INVALID_PIPELINE',
      'OUTPUT_TOO_LARGE',
      'VERIFY_TOO_LARGE',
      'URL_REFUSED',
      'URL_UNREACHABLE',
      'QUOTA_EXCEEDED',
      'BROKER_UNAVAILABLE',
      'SHUTTING_DOWN',
    ],
  }),
  listJobs: route({
    method: 'get',
    path: '/api/v1/jobs',
    tag: TAG,
    summary: 'The visitor’s jobs',
    description: 'Newest first, page by page, all or those that were asked for. A visitor is told by a cookie.',
    query: pageQuery,
    guards: [],
    answer: { kind: 'json', status: 200, schema: jobListSchema, description: 'A page of jobs.' },
    errors: ['BAD_REQUEST'],
  }),
  getJob: route({
    method: 'get',
    path: '/api/v1/jobs/:job',
    tag: TAG,
    summary: 'State of a job',
    guards: [],
    answer: { kind: 'json', status: 200, schema: jobSchema, description: 'The job.' },
    errors: ['NOT_FOUND'],
  }),
  listTasks: route({
    method: 'get',
    path: '/api/v1/jobs/:job/tasks',
    tag: TAG,
    summary: 'Tasks of a job',
    description: 'Region, state, executor, attempts and milliseconds of each task of the stages begun so far.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: taskListSchema, description: 'The tasks.' },
    errors: ['NOT_FOUND'],
  }),
  listAttempts: route({
    method: 'get',
    path: '/api/v1/jobs/:job/attempts',
    tag: TAG,
    summary: 'Attempts at the tasks of a job',
    description:
      'Who worked on each task, when, and how it ended: what a replay of the job is made of. `handedOn=true`: only those ' +
      'whose task somebody else had to take over, because their executor was gone or gave it back.',
    query: z.strictObject({ handedOn: z.stringbool().optional() }),
    guards: [],
    answer: { kind: 'json', status: 200, schema: attemptListSchema, description: 'The attempts, as they began.' },
    errors: ['NOT_FOUND'],
  }),
  getResult: route({
    method: 'get',
    path: '/api/v1/jobs/:job/result',
    tag: TAG,
    summary: 'The finished file',
    description:
      'Answers ranges, `If-None-Match` and `If-Range`. A result of several files comes as a ZIP file. 409 while the job is ' +
      'not done.',
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'image/*', description: 'The file.' },
    errors: ['NOT_FOUND', 'CONFLICT', 'RANGE_NOT_SATISFIABLE', 'STORE_UNAVAILABLE'],
  }),
  getResultFile: route({
    method: 'get',
    path: '/api/v1/jobs/:job/files/*file',
    tag: TAG,
    summary: 'A file of a result of several',
    description:
      'Of a pyramid of tiles: `image.dzi` and `image_files/…` of Deep Zoom, or `info.json` and its tiles of IIIF Image API 3, ' +
      'level 0. `result.files.url` of the job is the address of the first one, from which viewers find the others; pages ' +
      'of other sites may read them. `GET …/result` gives all of them as a ZIP file. 409 while the job is not done.',
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'image/*', description: 'The file.' },
    errors: ['NOT_FOUND', 'CONFLICT', 'RANGE_NOT_SATISFIABLE', 'STORE_UNAVAILABLE'],
  }),
  getCompanion: route({
    method: 'get',
    path: '/api/v1/jobs/:job/result/:role',
    tag: TAG,
    summary: 'A file beside the finished one',
    description:
      'Those that `result.companions` of the job names: `picture`, a PNG of a raster, `legend` and `legend-data`, what ' +
      'its colours mean as SVG and as JSON, `manifest`, which scene served which window and what is missing, as JSON. ' +
      'Answers ranges, `If-None-Match` and `If-Range`. 409 while the job is not done.',
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'image/*', description: 'The file.' },
    errors: ['NOT_FOUND', 'CONFLICT', 'RANGE_NOT_SATISFIABLE', 'STORE_UNAVAILABLE'],
  }),
  getReport: route({
    method: 'get',
    path: '/api/v1/jobs/:job/reports/:step',
    tag: TAG,
    summary: 'What an operation found out',
    description:
      'Those that `result.reports` of the job names, by the number of the step in the pipeline, from 0: the histogram of ' +
      '`statistics`, for example. Answers ranges, `If-None-Match` and `If-Range`. 409 while the job is not done.',
    guards: [],
    answer: { kind: 'document', status: 200, schema: reportSchema, description: 'The report.' },
    errors: ['NOT_FOUND', 'CONFLICT', 'RANGE_NOT_SATISFIABLE', 'STORE_UNAVAILABLE'],
  }),
  cancelJob: route({
    method: 'delete',
    path: '/api/v1/jobs/:job',
    tag: TAG,
    summary: 'Cancel or delete a job',
    query: z.object({
      forget: z
        .enum(['true', 'false'])
        .default('false')
        .describe('Delete the job with its result, however it stands; only the visitor who submitted it may.'),
    }),
    guards: [],
    answer: { kind: 'empty', status: 204, description: 'The job is cancelled, or gone.' },
    errors: ['BAD_REQUEST', 'NOT_FOUND', 'CONFLICT'],
  }),
  redriveJob: route({
    method: 'post',
    path: '/api/v1/jobs/:job/redrive',
    tag: TAG,
    summary: 'Try a failed job again',
    description: 'Runs the failed tasks again with fresh attempts; finished tasks stay finished.',
    guards: ['admission', 'submit'],
    answer: { kind: 'json', status: 202, schema: jobSchema, description: 'The job, running again.' },
    errors: ['NOT_FOUND', 'CONFLICT', 'QUOTA_EXCEEDED', 'BROKER_UNAVAILABLE', 'SHUTTING_DOWN'],
  }),
  getBatch: route({
    method: 'get',
    path: '/api/v1/batches/:batch',
    tag: TAG,
    summary: 'Jobs that were submitted together',
    guards: [],
    answer: { kind: 'json', status: 200, schema: batchSchema, description: 'The batch.' },
    errors: ['NOT_FOUND'],
  }),
} as const;
