import type { jobListSchema, JobState } from '@tessera/contracts';
import type { JobPage } from './calls.ts';
import { request } from './request.ts';

/** Jobs that one page of the history holds. */
const PAGE = 60;

/** Which of the visitor's jobs are wanted; what is left out does not narrow them. */
export interface JobFilter {
  readonly states?: readonly JobState[] | undefined;
  /** A part of the file name or of the name of an operation. */
  readonly search?: string | undefined;
  /** Submitted at this time or later, and before that one. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly batch?: string | undefined;
}

/** A page of the visitor's jobs, newest first. */
export async function searchJobs(filter: JobFilter, before: string | null, signal: AbortSignal): Promise<JobPage> {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (before !== null) query.set('before', before);
  for (const state of filter.states ?? []) query.append('state', state);
  if (filter.search) query.set('q', filter.search);
  if (filter.from) query.set('from', filter.from.toISOString());
  if (filter.to) query.set('to', filter.to.toISOString());
  if (filter.batch) query.set('batch', filter.batch);
  return request<typeof jobListSchema>(`/jobs?${query.toString()}`, { signal });
}
