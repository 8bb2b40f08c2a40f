import { replaceEqualDeep, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { ApiError } from './api-error.ts';
import { getJob } from './calls.ts';
import { jobsOf, type JobPages } from './job-pages.ts';
import { mergeJob } from './merge-job.ts';
import { JOBS_KEY, RETRY_EVERY } from './use-jobs.ts';

export const jobKey = (job: string) => ['job', job] as const;

const isGone = (error: Error | null): boolean => error instanceof ApiError && error.status === 404;

/** One job, whoever's it is; shown at once where it is in the visitor's list, and kept up to date by `useLive`. */
export function useJob(job: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: jobKey(job),
    queryFn: () => getJob(job),
    initialData: () => jobsOf(queries.getQueryData<JobPages>(JOBS_KEY)).find(({ id }) => id === job),
    // What the list knew may be old.
    initialDataUpdatedAt: 0,
    structuralSharing: (shown, fetched) =>
      replaceEqualDeep(shown, mergeJob(shown as JobDto | undefined, fetched as JobDto)),
    retry: (failures, error) => !isGone(error) && failures < 2,
    refetchInterval: ({ state }) => (state.error && !isGone(state.error) ? RETRY_EVERY : false),
  });
}
