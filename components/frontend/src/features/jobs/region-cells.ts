import type { JobDto, Region, TaskDto } from '@tessera/contracts';
import type { VisualState } from '../../theme/state-color.ts';

/** One region of the picture as it is shown while the job runs. */
export interface RegionCell {
  readonly region: Region;
  readonly state: VisualState;
  /** Share of the stages that look at this region and are done with it, 0–1. */
  readonly developed: number;
}

/** Stages with a task for each region. */
const REGIONAL: readonly string[] = ['observe', 'materialize', 'render'];

const isRegional = ({ kind }: { readonly kind: string }): boolean => REGIONAL.includes(kind);

/** Whether this job's picture is cut into more than one region. */
export function isSplit(job: Pick<JobDto, 'stages'>): boolean {
  return job.stages.some((stage) => isRegional(stage) && stage.tasks > 1);
}

function isRepeated({ state, attempts }: TaskDto): boolean {
  return state === 'running' ? attempts > 1 : attempts > 0;
}

function stateOf(tasks: readonly TaskDto[], developed: number): VisualState {
  if (tasks.some(({ state }) => state === 'failed')) return 'failed';
  if (developed >= 1) return 'done';
  const open = tasks.filter(({ state }) => state !== 'done' && state !== 'cancelled');
  if (open.some(isRepeated)) return 'retrying';
  return open.some(({ state }) => state === 'running') ? 'running' : 'waiting';
}

/** Joins the tasks of all stages into one cell per region, in raster order. */
export function regionCells(job: Pick<JobDto, 'stages'>, tasks: readonly TaskDto[]): readonly RegionCell[] {
  const stages = Math.max(1, job.stages.filter(isRegional).length);
  const byRegion = new Map<string, { region: Region; tasks: TaskDto[] }>();
  for (const task of tasks) {
    const { region } = task;
    if (!region || !isRegional(task)) continue;
    const key = `${String(region.x)},${String(region.y)},${String(region.width)},${String(region.height)}`;
    const entry = byRegion.get(key) ?? { region, tasks: [] };
    entry.tasks.push(task);
    byRegion.set(key, entry);
  }
  const cells = [...byRegion.values()].map(({ region, tasks: own }) => {
    const developed = Math.min(1, own.filter(({ state }) => state === 'done').length / stages);
    return { region, developed, state: stateOf(own, developed) };
  });
  return cells.sort((a, b) => a.region.y - b.region.y || a.region.x - b.region.x);
}

/** How many cells are in each state. */
export function countStates(cells: readonly RegionCell[]): Readonly<Record<VisualState, number>> {
  const counts = { waiting: 0, running: 0, done: 0, retrying: 0, failed: 0 };
  for (const { state } of cells) counts[state] += 1;
  return counts;
}
