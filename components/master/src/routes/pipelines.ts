import {
  newPipelineSchema,
  pipelineChangeSchema,
  savedPipelineListSchema,
  savedPipelineSchema,
} from '@tessera/contracts';
import { route } from '../http/route.ts';

const TAG = 'Pipelines';

export const pipelineRoutes = {
  createPipeline: route({
    method: 'post',
    path: '/api/v1/pipelines',
    tag: TAG,
    summary: 'Keep a pipeline',
    description: 'Keeps steps and output under a name for this visitor. Whoever is given the id can look at it.',
    body: newPipelineSchema,
    guards: ['submit'],
    answer: { kind: 'json', status: 201, schema: savedPipelineSchema, description: 'The kept pipeline.' },
    errors: ['BAD_REQUEST', 'INVALID_PIPELINE', 'QUOTA_EXCEEDED'],
  }),
  listPipelines: route({
    method: 'get',
    path: '/api/v1/pipelines',
    tag: TAG,
    summary: 'The visitor’s pipelines',
    description: 'Last changed first. A visitor is told by a cookie.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: savedPipelineListSchema, description: 'The pipelines.' },
    errors: [],
  }),
  getPipeline: route({
    method: 'get',
    path: '/api/v1/pipelines/:pipeline',
    tag: TAG,
    summary: 'A kept pipeline',
    guards: [],
    answer: { kind: 'json', status: 200, schema: savedPipelineSchema, description: 'The pipeline.' },
    errors: ['NOT_FOUND'],
  }),
  changePipeline: route({
    method: 'patch',
    path: '/api/v1/pipelines/:pipeline',
    tag: TAG,
    summary: 'Change a kept pipeline',
    description: 'What is given replaces what was. Only for whoever saved it.',
    body: pipelineChangeSchema,
    guards: ['submit'],
    answer: { kind: 'json', status: 200, schema: savedPipelineSchema, description: 'The pipeline as it is now.' },
    errors: ['BAD_REQUEST', 'INVALID_PIPELINE', 'FORBIDDEN', 'NOT_FOUND'],
  }),
  deletePipeline: route({
    method: 'delete',
    path: '/api/v1/pipelines/:pipeline',
    tag: TAG,
    summary: 'Forget a kept pipeline',
    description: 'Only for whoever saved it.',
    guards: [],
    answer: { kind: 'empty', status: 204, description: 'The pipeline is forgotten.' },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
  }),
} as const;
