import { replaceEqualDeep, useQuery } from '@tanstack/react-query';
import type { TaskDto } from '@tessera/contracts';
import { listTasks } from './calls.ts';
import { mergeTasks } from './put-tasks.ts';

export const tasksKey = (job: string) => ['tasks', job] as const;

/** The tasks of a job; fetched once per stage and kept up to date by `useLive`. */
export function useTasks(job: string, enabled: boolean): readonly TaskDto[] {
  const { data } = useQuery({
    queryKey: tasksKey(job),
    queryFn: ({ signal }) => listTasks(job, signal),
    enabled,
    staleTime: Infinity,
    structuralSharing: (shown, fetched) =>
      replaceEqualDeep(shown, mergeTasks(shown as readonly TaskDto[] | undefined, fetched as readonly TaskDto[])),
  });
  return data ?? NONE;
}

const NONE: readonly TaskDto[] = [];
