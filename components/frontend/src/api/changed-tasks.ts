import type { TaskDto } from '@tessera/contracts';

/**
 * Places at which two lists of a job's tasks differ, told by identity, for lists of ten thousand tasks are compared
 * several times a second. Undefined where the lists are not of the same tasks in the same order.
 */
export function changedTasks(before: readonly TaskDto[], after: readonly TaskDto[]): readonly number[] | undefined {
  if (before.length !== after.length) return undefined;
  const changed: number[] = [];
  for (let place = 0; place < after.length; place += 1) {
    const [old, now] = [before[place], after[place]];
    if (old === now) continue;
    if (old?.stage !== now?.stage || old?.index !== now?.index) return undefined;
    changed.push(place);
  }
  return changed;
}
