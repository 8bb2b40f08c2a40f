import type { QueryClient } from '@tanstack/react-query';
import { batchKey, type BatchJobs } from './use-batch.ts';
import type { JobPages } from './job-pages.ts';
import { jobKey } from './use-job.ts';
import { JOBS_KEY } from './use-jobs.ts';

/** Takes jobs that are gone out of everything that is known. */
export function dropJobs(queries: QueryClient, jobs: readonly string[]): void {
  const gone = new Set(jobs);
  queries.setQueriesData<JobPages>(
    { queryKey: JOBS_KEY },
    (shown) =>
      shown && {
        ...shown,
        pages: shown.pages.map((page) => ({ ...page, jobs: page.jobs.filter(({ id }) => !gone.has(id)) })),
      },
  );
  queries.setQueriesData<BatchJobs>({ queryKey: [batchKey('')[0]] }, (shown) =>
    shown?.filter(({ id }) => !gone.has(id)),
  );
  for (const job of jobs) queries.removeQueries({ queryKey: jobKey(job) });
}
