import type { JobDto, Region, TaskDto } from '@tessera/contracts';
import type { VisualState } from '../../theme/state-color.ts';

/** One region of the picture as it is shown while the job runs. */
export interface RegionCell {
  /** Its place in raster order. */
  readonly index: number;
  readonly region: Region;
  readonly state: VisualState;
  /** Share of the stages that look at this region and are done with it, 0–1. */
  readonly developed: number;
  /** Who works on it, or did so last. */
  readonly executor: string | null;
  /** Whom another machine took it over from, who was gone or turned it away. */
  readonly takenFrom: string | null;
  /** What it took so far, summed over its stages. */
  readonly milliseconds: number;
  /** Attempts of the task under way, or of the one that needed most. */
  readonly attempts: number;
}

/** Stages with a task for each region, or for the whole picture. */
const REGIONAL: readonly string[] = ['observe', 'materialize', 'render', 'tile', 'window', 'sequence'];

interface Regional {
  readonly kind: string;
  readonly elsewhere?: boolean | undefined;
  readonly region?: Region | null;
}

/** Whether a stage, or a task of one, works on regions of the result. */
export const isRegional = ({ kind, elsewhere, region }: Regional): boolean =>
  REGIONAL.includes(kind) && elsewhere !== true && region !== null;

/** Whether this job's picture is cut into more than one region. */
export function isSplit(job: Pick<JobDto, 'stages'>): boolean {
  return job.stages.some((stage) => isRegional(stage) && stage.tasks > 1);
}

/**
 * Joins the tasks of one region, in the order of their stages.
 *
 * @param stages that look at the region, also those that have not begun.
 */
export function regionCell(
  tasks: readonly TaskDto[],
  stages: number,
  takenFrom: string | null,
): RegionCell | undefined {
  const [first] = tasks;
  if (!first?.region) return undefined;
  let [done, attempts, milliseconds] = [0, 0, 0];
  let [failed, running, retrying] = [false, false, false];
  let executor: string | null = null;
  for (const task of tasks) {
    milliseconds += task.milliseconds ?? 0;
    attempts = Math.max(attempts, task.attempts);
    executor = task.executor ?? executor;
    if (task.state === 'done') done += 1;
    else if (task.state === 'failed') failed = true;
    else if (task.state === 'running') {
      running = true;
      retrying ||= task.attempts > 1;
    } else if (task.state !== 'cancelled') retrying ||= task.attempts > 0;
  }
  const developed = Math.min(1, done / Math.max(1, stages));
  const state = stateOf({ failed, running, retrying }, developed);
  const { index, region } = first;
  return { index, region, state, developed, executor, takenFrom, milliseconds, attempts };
}

interface Signs {
  readonly failed: boolean;
  readonly running: boolean;
  readonly retrying: boolean;
}

function stateOf({ failed, running, retrying }: Signs, developed: number): VisualState {
  if (failed) return 'failed';
  if (developed >= 1) return 'done';
  if (retrying) return 'retrying';
  return running ? 'running' : 'waiting';
}

/** How many cells are in each state. */
export function countStates(cells: readonly RegionCell[]): Readonly<Record<VisualState, number>> {
  const counts = { waiting: 0, running: 0, done: 0, retrying: 0, failed: 0 };
  for (const { state } of cells) counts[state] += 1;
  return counts;
}
