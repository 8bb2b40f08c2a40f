import type { AttemptDto, TaskDto } from '@tessera/contracts';
import { taskNumber } from '../../api/put-tasks.ts';
import { isRegional } from '../jobs/region-cell.ts';

/** A region that another machine took over. */
export interface TakenOver {
  readonly index: number;
  readonly from: string;
  readonly by: string;
}

/**
 * Regions that were begun or held by one machine and taken over by another, because the first was gone, gave them back
 * or had no room. Of a region that several lost, the last counts.
 *
 * @param attempts that were handed on, in the order in which they began.
 * @param time in milliseconds since the job was submitted; later attempts are not known yet.
 */
export function takenOver(
  tasks: readonly TaskDto[],
  attempts: readonly AttemptDto[],
  time = Infinity,
): readonly TakenOver[] {
  if (attempts.length === 0) return NONE;
  const lost = new Map<number, string>();
  for (const attempt of attempts) {
    if (attempt.executor !== null && (attempt.ended ?? Infinity) <= time) {
      lost.set(taskNumber(attempt), attempt.executor);
    }
  }
  const taken = new Map<number, TakenOver>();
  for (const task of tasks) {
    const from = lost.get(taskNumber(task));
    const by = task.executor;
    const has = task.state === 'running' || task.state === 'done';
    if (from === undefined || by === null || by === from || !has || !isRegional(task)) continue;
    taken.set(task.index, { index: task.index, from, by });
  }
  return taken.size === 0 ? NONE : [...taken.values()];
}

const NONE: readonly TakenOver[] = [];
