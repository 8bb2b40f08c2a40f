import type { TaskChange, TaskDto } from '@tessera/contracts';

const keyOf = (task: Pick<TaskDto, 'stage' | 'index'>): string => `${String(task.stage)}/${String(task.index)}`;

/** Puts changed tasks into a job's list; later changes of the same task win. */
export function putTasks(tasks: readonly TaskDto[], changes: readonly TaskChange[]): readonly TaskDto[] {
  const byKey = new Map(tasks.map((task) => [keyOf(task), task]));
  for (const change of changes) byKey.set(keyOf(change), change);
  return [...byKey.values()];
}
