import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { TaskDto } from '@tessera/contracts';
import { listTasks } from './calls.ts';
import { mergeTasks } from './put-tasks.ts';

export const tasksKey = (job: string) => ['tasks', job] as const;

/** The tasks of a job; fetched once per stage and kept up to date by `useLive`. */
export function useTasks(job: string, enabled: boolean): readonly TaskDto[] {
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: tasksKey(job),
    queryFn: async ({ signal }) => {
      const fetched = await listTasks(job, signal);
      return mergeTasks(queries.getQueryData<readonly TaskDto[]>(tasksKey(job)), fetched);
    },
    enabled,
    staleTime: Infinity,
    // Comparing ten thousand tasks one by one takes longer than drawing them.
    structuralSharing: false,
  });
  return data ?? NONE;
}

const NONE: readonly TaskDto[] = [];
