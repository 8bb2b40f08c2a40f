import { replaceEqualDeep, useInfiniteQuery } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { listJobs } from './calls.ts';
import { jobsOf, mergePages, type JobPages } from './job-pages.ts';

export const JOBS_KEY = ['jobs'] as const;

/** Milliseconds between looks at the list while the server does not answer. */
export const RETRY_EVERY = 5000;
/** Milliseconds between looks while jobs are under way, in case an event was missed. */
export const LOOK_EVERY = 20_000;

export const isOpen = ({ state }: JobDto): boolean => state === 'queued' || state === 'running';

/** The visitor's jobs, newest first, page by page; kept up to date by `useLive`. */
export function useJobs() {
  const query = useInfiniteQuery({
    queryKey: JOBS_KEY,
    queryFn: ({ pageParam, signal }) => listJobs(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    structuralSharing: (shown, fetched) =>
      replaceEqualDeep(shown, mergePages(shown as JobPages | undefined, fetched as JobPages)),
    retry: false,
    refetchInterval: ({ state }) => {
      if (state.error) return RETRY_EVERY;
      return jobsOf(state.data).some(isOpen) ? LOOK_EVERY : false;
    },
  });
  const jobs = useMemo(() => jobsOf(query.data), [query.data]);
  return { ...query, jobs };
}

export type JobsQuery = ReturnType<typeof useJobs>;
