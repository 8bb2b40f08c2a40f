import type { JobDto } from '@tessera/contracts';
import type { InfiniteData } from '@tanstack/react-query';
import type { JobPage } from './calls.ts';
import { mergeJob } from './merge-job.ts';

export type JobPages = InfiniteData<JobPage>;

/** Every job of the pages, each once, newest first. */
export function jobsOf(pages: JobPages | undefined): readonly JobDto[] {
  const byId = new Map<string, JobDto>();
  for (const page of pages?.pages ?? []) {
    for (const job of page.jobs) if (!byId.has(job.id)) byId.set(job.id, job);
  }
  return [...byId.values()];
}

/** Puts jobs that arrived by themselves into the pages: known ones in their place, new ones in front. */
export function putJobs(pages: JobPages | undefined, arrived: readonly JobDto[]): JobPages | undefined {
  if (!pages || arrived.length === 0) return pages;
  const news = new Map(arrived.map((job) => [job.id, job]));
  const updated = pages.pages.map((page) => ({
    ...page,
    jobs: page.jobs.map((job) => {
      const next = news.get(job.id);
      news.delete(job.id);
      return next ? mergeJob(job, next) : job;
    }),
  }));
  const [first, ...rest] = updated;
  if (!first) return pages;
  // Of jobs that were made together the last comes first, as in the server's list.
  const added = [...news.values()].reverse().sort((a, b) => b.timings.createdAt.localeCompare(a.timings.createdAt));
  return { ...pages, pages: [{ ...first, jobs: [...added, ...first.jobs] }, ...rest] };
}

/** Joins pages fetched anew with those shown before, job by job. */
export function mergePages(shown: JobPages | undefined, fetched: JobPages): JobPages {
  const known = new Map(jobsOf(shown).map((job) => [job.id, job]));
  return {
    ...fetched,
    pages: fetched.pages.map((page) => ({ ...page, jobs: page.jobs.map((job) => mergeJob(known.get(job.id), job)) })),
  };
}
