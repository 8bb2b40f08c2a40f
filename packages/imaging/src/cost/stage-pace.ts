import type { StagePace } from '@tessera/contracts';
import type { StageCost } from './stage-costs.ts';

/** Done tasks from which on those to come can be told. */
export const FEW = 3;

/**
 * What the done tasks of a stage took over what they were expected to; undefined while there is none. Those that may
 * have waited for the source are expected to have done so.
 */
export function speedSeen(cost: StageCost, pace: StagePace | undefined): number | undefined {
  if (!pace || pace.done === 0 || cost.taskMilliseconds <= 0) return undefined;
  const { tasks, lastPart, taskMilliseconds } = cost;
  if (!mayHaveWaited(cost, pace)) {
    const last = pace.done < tasks ? 0 : 1 - lastPart;
    return pace.meanMilliseconds / (taskMilliseconds * (1 - last / tasks));
  }
  const waited = (pace.done - pace.steady) * cost.waitMilliseconds;
  return pace.workedMilliseconds / (pace.done * taskMilliseconds + waited);
}

/** Whether too few of the done tasks of a stage began when the source was certainly decoded. */
export const mayHaveWaited = ({ waitMilliseconds }: StageCost, { steady }: StagePace): boolean =>
  waitMilliseconds > 0 && steady < FEW;
