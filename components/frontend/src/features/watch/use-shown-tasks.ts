import type { JobDto, TaskDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useAttempts } from '../../api/use-attempts.ts';
import { useTasks } from '../../api/use-tasks.ts';
import { TaskHistory } from './task-history.ts';

export interface ShownTasks {
  readonly tasks: readonly TaskDto[];
  /** False while the history of a replay is being fetched: the tasks are those of now. */
  readonly ready: boolean;
}

/** The tasks of a job as they are now, or as they were at a time, in milliseconds since it was submitted. */
export function useShownTasks(job: JobDto, time: number | undefined): ShownTasks {
  const tasks = useTasks(job.id, true);
  const attempts = useAttempts(job, time !== undefined);
  const { state, stages } = job;
  const history = useMemo(
    () => (attempts && tasks.length > 0 ? new TaskHistory({ state, stages }, tasks, attempts) : undefined),
    [attempts, tasks, state, stages],
  );
  const then = useMemo(() => (time === undefined ? undefined : history?.at(time)), [history, time]);
  if (time === undefined) return { tasks, ready: true };
  return then ? { tasks: then, ready: true } : { tasks, ready: false };
}
