import { useQuery } from '@tanstack/react-query';
import type { JobDto } from '@tessera/contracts';
import { searchJobs } from '../../api/history.ts';

/** Whether a job is in the visitor's own list: only then can it be deleted here. False until that is known. */
export function useOwn({ id, image, timings }: JobDto): boolean {
  const from = new Date(timings.createdAt);
  // The list's clock is finer than the one of the answer.
  const to = new Date(from.getTime() + 1);
  const { data } = useQuery({
    queryKey: ['own', id],
    queryFn: async ({ signal }) => {
      const { jobs } = await searchJobs({ from, to, search: image.name }, null, signal);
      return jobs.some((job) => job.id === id);
    },
    staleTime: Infinity,
  });
  return data ?? false;
}
