import type { TaskChange, TaskDto } from '@tessera/contracts';

/** Stages hold fewer tasks than this. */
const STAGE = 2 ** 24;

/** A number for each task of a job. */
export const taskNumber = ({ stage, index }: Pick<TaskDto, 'stage' | 'index'>): number => stage * STAGE + index;

/** Where each task of a list is; kept with the list, for thousands of changes a second must not look for it anew. */
const places = new WeakMap<readonly TaskDto[], Map<number, number>>();

function placesOf(tasks: readonly TaskDto[]): Map<number, number> {
  const known = places.get(tasks);
  if (known) return known;
  const made = new Map(tasks.map((task, place) => [taskNumber(task), place]));
  places.set(tasks, made);
  return made;
}

/** Puts changed tasks into a job's list; later changes of the same task win. */
export function putTasks(tasks: readonly TaskDto[], changes: readonly TaskChange[]): readonly TaskDto[] {
  const where = placesOf(tasks);
  const next = [...tasks];
  for (const change of changes) {
    const number = taskNumber(change);
    const place = where.get(number) ?? next.length;
    where.set(number, place);
    next[place] = change;
  }
  // The old list is not changed any more, so the new one may have its places.
  places.delete(tasks);
  places.set(next, where);
  return next;
}

/** Takes a list fetched anew, which may be older than the changes that came in meanwhile: done tasks stay done. */
export function mergeTasks(known: readonly TaskDto[] | undefined, fetched: readonly TaskDto[]): readonly TaskDto[] {
  const done = new Map((known ?? []).filter(({ state }) => state === 'done').map((task) => [taskNumber(task), task]));
  return fetched.map((task) => done.get(taskNumber(task)) ?? task);
}
