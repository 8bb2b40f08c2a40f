import { keepPreviousData, replaceEqualDeep, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { useEffect, useMemo, useRef } from 'react';
import { searchJobs } from '../../api/history.ts';
import { jobsOf, mergePages, type JobPages } from '../../api/job-pages.ts';
import { mergeJob } from '../../api/merge-job.ts';
import { JOBS_KEY, RETRY_EVERY, useJobs } from '../../api/use-jobs.ts';
import { filterOf, type HistorySearch } from './history-search.ts';
import { useShownJobs } from './use-shown-jobs.ts';

/** Below the key of the live list, so that what has both asked again asks for both. */
const HISTORY_KEY = [...JOBS_KEY, 'history'] as const;

/** The visitor's jobs that an address asks for, newest first, page by page, and as they change. */
export function useHistory(search: HistorySearch) {
  const queries = useQueryClient();
  const live = useJobs();
  const filter = useMemo(() => filterOf(search), [search]);
  const query = useInfiniteQuery({
    queryKey: [...HISTORY_KEY, filter],
    queryFn: ({ pageParam, signal }) => searchJobs(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    structuralSharing: (shown, fetched) =>
      replaceEqualDeep(shown, mergePages(shown as JobPages | undefined, fetched as JobPages)),
    retry: false,
    refetchInterval: ({ state }) => (state.error ? RETRY_EVERY : false),
  });

  // A job that is new in the live list may belong here.
  const newest = live.jobs[0]?.id;
  const before = useRef(newest);
  useEffect(() => {
    if (newest === before.current) return;
    before.current = newest;
    void queries.invalidateQueries({ queryKey: HISTORY_KEY });
  }, [newest, queries]);

  const jobs = useMemo(() => {
    const news = new Map(live.jobs.map((job) => [job.id, job]));
    const current = jobsOf(query.data).map((job) => {
      const other = news.get(job.id);
      return other === undefined ? job : mergeJob(job, other);
    });
    const { states } = filter;
    return states ? current.filter(({ state }) => states.includes(state)) : current;
  }, [query.data, live.jobs, filter]);
  return { ...query, jobs: useShownJobs(jobs) };
}

/** Puts jobs as they are now into every list that holds them. */
export function useReplaceJobs(): (jobs: readonly JobDto[]) => void {
  const queries = useQueryClient();
  return (jobs) => {
    const news = new Map(jobs.map((job) => [job.id, job]));
    queries.setQueriesData<JobPages>({ queryKey: JOBS_KEY }, (pages) =>
      mapPages(pages, (job) => news.get(job.id) ?? job),
    );
  };
}

/** The pages with every job as `change` gives it; those for which it gives none are left out. */
export function mapPages(
  pages: JobPages | undefined,
  change: (job: JobDto) => JobDto | undefined,
): JobPages | undefined {
  return (
    pages && {
      ...pages,
      pages: pages.pages.map((page) => ({ ...page, jobs: page.jobs.flatMap((job) => change(job) ?? []) })),
    }
  );
}
