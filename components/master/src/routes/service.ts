import { executorListSchema, operationListSchema, readinessSchema } from '@tessera/contracts';
import { z } from 'zod';
import { route } from '../http/route.ts';

const TAG = 'Service';

export const serviceRoutes = {
  listOperations: route({
    method: 'get',
    path: '/api/v1/operations',
    tag: TAG,
    summary: 'The catalogue of operations',
    description: 'Each with the JSON Schema of its parameters, to build forms from.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: operationListSchema, description: 'The operations.' },
    errors: [],
  }),
  listExecutors: route({
    method: 'get',
    path: '/api/v1/executors',
    tag: TAG,
    summary: 'Who works',
    description: 'Living executors with their load and tasks.',
    guards: ['admin'],
    answer: { kind: 'json', status: 200, schema: executorListSchema, description: 'The executors.' },
    errors: ['UNAUTHORIZED'],
  }),
  getHealth: route({
    method: 'get',
    path: '/healthz',
    tag: TAG,
    summary: 'Whether the process lives',
    description: 'It asks nothing that the process depends on. `draining`: the process is about to stop.',
    guards: [],
    answer: {
      kind: 'json',
      status: 200,
      schema: z.object({ alive: z.literal(true), draining: z.boolean() }),
      description: 'It does.',
    },
    errors: [],
  }),
  getReadiness: route({
    method: 'get',
    path: '/readyz',
    tag: TAG,
    summary: 'Whether all it depends on answers',
    description: '200 if all parts are ready, else 503 with the same body.',
    guards: [],
    answer: { kind: 'json', status: 200, schema: readinessSchema, description: 'State of each part.' },
    errors: [],
  }),
  getMetrics: route({
    method: 'get',
    path: '/metrics',
    tag: TAG,
    summary: 'Figures for Prometheus',
    guards: ['metrics'],
    answer: { kind: 'stream', status: 200, contentType: 'text/plain', description: 'Prometheus text format.' },
    errors: ['UNAUTHORIZED'],
  }),
  getOpenApi: route({
    method: 'get',
    path: '/api/openapi.json',
    tag: TAG,
    summary: 'This document',
    guards: [],
    answer: {
      kind: 'json',
      status: 200,
      schema: z.record(z.string(), z.unknown()),
      description: 'OpenAPI 3.1 description of the API.',
    },
    errors: [],
  }),
  getDocs: route({
    method: 'get',
    path: '/api/docs',
    tag: TAG,
    summary: 'This document as a page',
    guards: [],
    answer: { kind: 'stream', status: 200, contentType: 'text/html', description: 'A page for people.' },
    errors: [],
  }),
} as const;
