import type {
  attemptListSchema,
  batchSchema,
  imageSchema,
  jobListSchema,
  jobSchema,
  jobsCreatedSchema,
  operationListSchema,
  taskListSchema,
  AttemptDto,
  ImageDto,
  JobDto,
  OperationDto,
  TaskDto,
} from '@tessera/contracts';
import { jsonBody, request, requestNothing } from './request.ts';

/** Jobs that one page of the list holds. */
const PAGE = 30;

export interface JobPage {
  readonly jobs: readonly JobDto[];
  /** Cursor of the page after this one. */
  readonly next: string | null;
}

export async function listOperations(signal: AbortSignal): Promise<readonly OperationDto[]> {
  return (await request<typeof operationListSchema>('/operations', { signal })).operations;
}

/** The visitor's jobs, newest first. */
export async function listJobs(before: string | null, signal: AbortSignal): Promise<JobPage> {
  const cursor = before === null ? '' : `&before=${encodeURIComponent(before)}`;
  return request<typeof jobListSchema>(`/jobs?limit=${String(PAGE)}${cursor}`, { signal });
}

export async function getJob(job: string): Promise<JobDto> {
  return request<typeof jobSchema>(`/jobs/${encodeURIComponent(job)}`);
}

/** Jobs that were submitted together, in their order. */
export async function getBatch(batch: string, signal: AbortSignal): Promise<readonly JobDto[]> {
  return (await request<typeof batchSchema>(`/batches/${encodeURIComponent(batch)}`, { signal })).jobs;
}

export async function getImage(image: string): Promise<ImageDto> {
  return request<typeof imageSchema>(`/images/${encodeURIComponent(image)}`);
}

/** Tasks of the stages begun so far. */
export async function listTasks(job: string, signal: AbortSignal): Promise<readonly TaskDto[]> {
  return (await request<typeof taskListSchema>(`/jobs/${encodeURIComponent(job)}/tasks`, { signal })).tasks;
}

/**
 * Who worked on each task, when, and how it ended, in the order in which they began.
 *
 * @param handedOn those only whose task somebody else had to take over.
 */
export async function listAttempts(
  job: string,
  signal: AbortSignal,
  { handedOn = false } = {},
): Promise<readonly AttemptDto[]> {
  const path = `/jobs/${encodeURIComponent(job)}/attempts${handedOn ? '?handedOn=true' : ''}`;
  return (await request<typeof attemptListSchema>(path, { signal })).attempts;
}

/** Starts one job for each image. `body` has the shape of `jobRequestSchema`'s input. */
export async function createJobs(body: unknown): Promise<readonly JobDto[]> {
  return (await request<typeof jobsCreatedSchema>('/jobs', jsonBody(body))).jobs;
}

export async function cancelJob(job: string): Promise<void> {
  await requestNothing(`/jobs/${encodeURIComponent(job)}`, { method: 'DELETE' });
}

export async function redriveJob(job: string): Promise<JobDto> {
  return request<typeof jobSchema>(`/jobs/${encodeURIComponent(job)}/redrive`, { method: 'POST' });
}
