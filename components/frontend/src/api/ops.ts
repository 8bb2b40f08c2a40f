import type {
  deadGroupsSchema,
  deadJobsSchema,
  discardListSchema,
  discardedSchema,
  opsAccessSchema,
  opsDeliveriesSchema,
  opsExecutorDetailSchema,
  opsExecutorsSchema,
  opsOverviewSchema,
  opsQueuesSchema,
  opsSeriesSchema,
  opsStorageSchema,
  redriveAnswerSchema,
  redriveListSchema,
  DeadFilter,
  DeliveryState,
  OpsSpan,
  RedriveDto,
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

function ask<Schema extends z.ZodType>(path: string, init: RequestInit = {}): Promise<z.output<Schema>> {
  return withToken(init, (given) => request<Schema>(path, given));
}

export const getOpsAccess = (signal: AbortSignal) => request<typeof opsAccessSchema>('/ops/access', { signal });
export const getOpsOverview = (signal: AbortSignal) => ask<typeof opsOverviewSchema>('/ops/overview', { signal });

/** Resolves if the server takes this token. */
export async function tryToken(token: string): Promise<void> {
  await request<typeof opsOverviewSchema>('/ops/overview', { headers: { authorization: `Bearer ${token}` } });
}

export const getOpsSeries = (span: OpsSpan, signal: AbortSignal) =>
  ask<typeof opsSeriesSchema>(`/ops/series?span=${span}`, { signal });
export const getOpsExecutors = (signal: AbortSignal) => ask<typeof opsExecutorsSchema>('/ops/executors', { signal });
export const getOpsExecutor = (executor: string, signal: AbortSignal) =>
  ask<typeof opsExecutorDetailSchema>(`/ops/executors/${encodeURIComponent(executor)}`, { signal });
export const getOpsQueues = (signal: AbortSignal) => ask<typeof opsQueuesSchema>('/ops/queues', { signal });
export const getOpsStorage = (signal: AbortSignal) => ask<typeof opsStorageSchema>('/ops/storage', { signal });
export const getDeadGroups = (signal: AbortSignal) => ask<typeof deadGroupsSchema>('/ops/dead', { signal });

export function getDeadJobs(group: string, before: string | null, signal: AbortSignal) {
  const cursor = before === null ? '' : `&before=${encodeURIComponent(before)}`;
  return ask<typeof deadJobsSchema>(`/ops/dead/${encodeURIComponent(group)}?limit=20${cursor}`, { signal });
}

/** The name goes into the list of what was done. */
const actor = (): { actor?: string } => {
  const name = currentOperator()?.name ?? '';
  return name === '' ? {} : { actor: name };
};

export async function discardDead(filter: DeadFilter, atMost: number): Promise<number> {
  return (await ask<typeof discardedSchema>('/ops/dead/discard', jsonBody({ filter, atMost, ...actor() }))).discarded;
}

/** @param order.key the same for each try of one intention: at most one redrive is begun for it. */
export async function createRedrive(order: {
  readonly key: string;
  readonly filter: DeadFilter;
  readonly rate: number;
}): Promise<RedriveDto> {
  return (await ask<typeof redriveAnswerSchema>('/redrives', jsonBody({ ...order, ...actor() }))).redrive;
}

export const listDiscards = (signal: AbortSignal) =>
  ask<typeof discardListSchema>('/ops/discards?limit=20', { signal });
export const listOpsDeliveries = (state: DeliveryState | undefined, signal: AbortSignal) =>
  ask<typeof opsDeliveriesSchema>(`/ops/deliveries${state === undefined ? '' : `?state=${state}`}`, { signal });
export const listRedrives = (signal: AbortSignal) => ask<typeof redriveListSchema>('/redrives?limit=20', { signal });
export const getRedrive = (id: string, signal: AbortSignal) =>
  ask<typeof redriveAnswerSchema>(`/redrives/${encodeURIComponent(id)}`, { signal });
export const cancelRedrive = (id: string) =>
  withToken({ method: 'DELETE' }, (init) => requestNothing(`/redrives/${encodeURIComponent(id)}`, init));
