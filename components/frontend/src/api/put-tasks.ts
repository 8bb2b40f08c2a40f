import type { TaskChange, TaskDto } from '@tessera/contracts';

const keyOf = (task: Pick<TaskDto, 'stage' | 'index'>): string => `${task.stage}/${task.index}`;

/** Puts changed tasks into a job's list; later changes of the same task win. */
export function putTasks(tasks: readonly TaskDto[], changes: readonly TaskChange[]): readonly TaskDto[] {
  const byKey = new Map(tasks.map((task) => [keyOf(task), task]));
  for (const change of changes) byKey.set(keyOf(change), change);
  return [...byKey.values()];
}

/** Takes a list fetched anew, which may be older than the changes that came in meanwhile: done tasks stay done. */
export function mergeTasks(known: readonly TaskDto[] | undefined, fetched: readonly TaskDto[]): readonly TaskDto[] {
  const done = new Map((known ?? []).filter(({ state }) => state === 'done').map((task) => [keyOf(task), task]));
  return fetched.map((task) => done.get(keyOf(task)) ?? task);
}
