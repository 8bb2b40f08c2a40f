import {
  deadGroupsSchema,
  deadJobsSchema,
  discardedSchema,
  opsAccessSchema,
  opsExecutorDetailSchema,
  opsExecutorsSchema,
  opsOverviewSchema,
  opsQueuesSchema,
  opsSeriesSchema,
  opsStorageSchema,
  redriveAnswerSchema,
  redriveListSchema,
  type DeadFilter,
  type OpsSpan,
  type RedriveDto,
} from '@tessera/contracts';
import type * as z from 'zod';
import { currentOperator, forgetOperator } from '../features/ops/ops-token.ts';
import { ApiError } from './api-error.ts';
import { jsonBody, request, requestNothing } from './request.ts';

/** Adds the operator's token; a token that the server refuses is forgotten. */
async function withToken<T>(init: RequestInit, call: (init: RequestInit) => Promise<T>): Promise<T> {
  const operator = currentOperator();
  const headers = new Headers(init.headers);
  if (operator !== undefined) headers.set('authorization', `Bearer ${operator.token}`);
  try {
    return await call({ ...init, headers });
  } catch (error) {
    // Only if no other was given meanwhile.
    if (error instanceof ApiError && error.status === 401 && currentOperator() === operator) forgetOperator();
    throw error;
  }
}

function ask<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
  return withToken(init, (given) => request(path, schema, given));
}

export const getOpsAccess = (signal: AbortSignal) => request('/ops/access', opsAccessSchema, { signal });
export const getOpsOverview = (signal: AbortSignal) => ask('/ops/overview', opsOverviewSchema, { signal });

/** Resolves if the server takes this token. */
export async function tryToken(token: string): Promise<void> {
  await request('/ops/overview', opsOverviewSchema, { headers: { authorization: `Bearer ${token}` } });
}

export const getOpsSeries = (span: OpsSpan, signal: AbortSignal) =>
  ask(`/ops/series?span=${span}`, opsSeriesSchema, { signal });
export const getOpsExecutors = (signal: AbortSignal) => ask('/ops/executors', opsExecutorsSchema, { signal });
export const getOpsExecutor = (executor: string, signal: AbortSignal) =>
  ask(`/ops/executors/${encodeURIComponent(executor)}`, opsExecutorDetailSchema, { signal });
export const getOpsQueues = (signal: AbortSignal) => ask('/ops/queues', opsQueuesSchema, { signal });
export const getOpsStorage = (signal: AbortSignal) => ask('/ops/storage', opsStorageSchema, { signal });
export const getDeadGroups = (signal: AbortSignal) => ask('/ops/dead', deadGroupsSchema, { signal });

export function getDeadJobs(group: string, before: string | null, signal: AbortSignal) {
  const cursor = before === null ? '' : `&before=${encodeURIComponent(before)}`;
  return ask(`/ops/dead/${encodeURIComponent(group)}?limit=20${cursor}`, deadJobsSchema, { signal });
}

/** The name goes into the list of what was done. */
const actor = (): { actor?: string } => {
  const name = currentOperator()?.name ?? '';
  return name === '' ? {} : { actor: name };
};

export async function discardDead(filter: DeadFilter, atMost: number): Promise<number> {
  return (await ask('/ops/dead/discard', discardedSchema, jsonBody({ filter, atMost, ...actor() }))).discarded;
}

/** @param order.key the same for each try of one intention: at most one redrive is begun for it. */
export async function createRedrive(order: {
  readonly key: string;
  readonly filter: DeadFilter;
  readonly rate: number;
}): Promise<RedriveDto> {
  return (await ask('/redrives', redriveAnswerSchema, jsonBody({ ...order, ...actor() }))).redrive;
}

export const listRedrives = (signal: AbortSignal) => ask('/redrives?limit=20', redriveListSchema, { signal });
export const getRedrive = (id: string, signal: AbortSignal) =>
  ask(`/redrives/${encodeURIComponent(id)}`, redriveAnswerSchema, { signal });
export const cancelRedrive = (id: string) =>
  withToken({ method: 'DELETE' }, (init) => requestNothing(`/redrives/${encodeURIComponent(id)}`, init));
