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
  /** What it took so far, summed over its stages. */
  readonly milliseconds: number;
  /** Attempts of the task under way, or of the one that needed most. */
  readonly attempts: number;
}

/** Stages with a task for each region, or for the whole picture. */
const REGIONAL: readonly string[] = ['observe', 'materialize', 'render', 'sequence'];

export const isRegional = ({ kind }: { readonly kind: string }): boolean => REGIONAL.includes(kind);

/** Whether this job's picture is cut into more than one region. */
export function isSplit(job: Pick<JobDto, 'stages'>): boolean {
  return job.stages.some((stage) => isRegional(stage) && stage.tasks > 1);
}

interface Draft {
  readonly index: number;
  readonly region: Region;
  done: number;
  failed: boolean;
  retrying: boolean;
  running: boolean;
  executor: string | null;
  milliseconds: number;
  attempts: number;
}

function add(draft: Draft, { state, attempts, executor, milliseconds }: TaskDto): void {
  draft.milliseconds += milliseconds ?? 0;
  draft.attempts = Math.max(draft.attempts, attempts);
  draft.executor = executor ?? draft.executor;
  if (state === 'done') draft.done += 1;
  else if (state === 'failed') draft.failed = true;
  else if (state === 'running') {
    draft.running = true;
    draft.retrying ||= attempts > 1;
  } else if (state !== 'cancelled') draft.retrying ||= attempts > 0;
}

function stateOf(draft: Draft, developed: number): VisualState {
  if (draft.failed) return 'failed';
  if (developed >= 1) return 'done';
  if (draft.retrying) return 'retrying';
  return draft.running ? 'running' : 'waiting';
}

/**
 * Joins the tasks of all stages into one cell per region, in raster order. Regions of all stages are the same, so their
 * index tells them.
 */
export function regionCells(job: Pick<JobDto, 'stages'>, tasks: readonly TaskDto[]): readonly RegionCell[] {
  const stages = Math.max(1, job.stages.filter(isRegional).length);
  const drafts: Draft[] = [];
  for (const task of tasks) {
    const { region, index } = task;
    if (!region || !isRegional(task)) continue;
    drafts[index] ??= {
      ...{ index, region, done: 0, failed: false, retrying: false, running: false },
      ...{ executor: null, milliseconds: 0, attempts: 0 },
    };
    add(drafts[index], task);
  }
  // A list with gaps is closed up; regions of an index that nobody told of are not shown.
  return drafts.flatMap((draft) => {
    const developed = Math.min(1, draft.done / stages);
    const { index, region, executor, milliseconds, attempts } = draft;
    return { index, region, executor, milliseconds, attempts, developed, state: stateOf(draft, developed) };
  });
}

/** How many cells are in each state. */
export function countStates(cells: readonly RegionCell[]): Readonly<Record<VisualState, number>> {
  const counts = { waiting: 0, running: 0, done: 0, retrying: 0, failed: 0 };
  for (const { state } of cells) counts[state] += 1;
  return counts;
}
