import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { ApiError } from './api-error.ts';
import { getBatch } from './calls.ts';
import { mergeJob } from './merge-job.ts';
import { isOpen, LOOK_EVERY, RETRY_EVERY } from './use-jobs.ts';

export const batchKey = (batch: string) => ['batch', batch] as const;

/** Jobs of a batch in the order of submission. */
export type BatchJobs = readonly JobDto[];

const isGone = (error: Error | null): boolean => error instanceof ApiError && error.status === 404;

/** Puts jobs that arrived by themselves into the batch; others are left out. */
export function putBatchJobs(shown: BatchJobs | undefined, arrived: readonly JobDto[]): BatchJobs | undefined {
  if (!shown) return shown;
  const news = new Map(arrived.map((job) => [job.id, job]));
  return shown.map((job) => {
    const next = news.get(job.id);
    return next ? mergeJob(job, next) : job;
  });
}

/** The jobs of a batch, kept up to date by `useLive`. */
export function useBatch(batch: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: batchKey(batch),
    queryFn: async ({ signal }) => {
      const fetched = await getBatch(batch, signal);
      const known = new Map(queries.getQueryData<BatchJobs>(batchKey(batch))?.map((job) => [job.id, job]));
      return fetched.map((job) => mergeJob(known.get(job.id), job));
    },
    // A thousand jobs are not compared one by one each time that one of them changes.
    structuralSharing: false,
    retry: (failures, error) => !isGone(error) && failures < 2,
    refetchInterval: ({ state: { data, error } }) => {
      if (error) return isGone(error) ? false : RETRY_EVERY;
      return data?.some(isOpen) ? LOOK_EVERY : false;
    },
  });
}
