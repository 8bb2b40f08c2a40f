import { replaceEqualDeep, useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { ApiError } from './api-error.ts';
import { getJob } from './calls.ts';
import { jobsOf, type JobPages } from './job-pages.ts';
import { mergeJob } from './merge-job.ts';
import { isOpen, JOBS_KEY, LOOK_EVERY, RETRY_EVERY } from './use-jobs.ts';

export const jobKey = (job: string) => ['job', job] as const;

/** Milliseconds between looks at a job of which no event tells. */
const QUIET_EVERY = 3000;

/** Whether the stage under way has one task only. */
const isOneTask = ({ stages }: JobDto): boolean => stages.find(({ tasks, done }) => done < tasks)?.tasks === 1;

const isGone = (error: Error | null): boolean => error instanceof ApiError && error.status === 404;

/** One job, whoever's it is, unless it is not `enabled`; shown at once where it is in the visitor's list, and kept up to date by `useLive`. */
export function useJob(job: string, enabled = true) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: jobKey(job),
    queryFn: () => getJob(job),
    enabled,
    initialData: () => jobsOf(queries.getQueryData<JobPages>(JOBS_KEY)).find(({ id }) => id === job),
    // What the list knew may be old.
    initialDataUpdatedAt: 0,
    structuralSharing: (shown, fetched) =>
      replaceEqualDeep(shown, mergeJob(shown as JobDto | undefined, fetched as JobDto)),
    retry: (failures, error) => !isGone(error) && failures < 2,
    refetchInterval: ({ state: { data, error } }) => {
      if (error) return isGone(error) ? false : RETRY_EVERY;
      // What comes before a job that waits, and how long one task has been under way, no event tells.
      const quiet = data?.state === 'queued' || (data?.state === 'running' && isOneTask(data));
      if (quiet) return QUIET_EVERY;
      return data !== undefined && isOpen(data) ? LOOK_EVERY : false;
    },
  });
}
