import type { EstimateDto, Plan, Size } from '@tessera/contracts';
import { estimateBytes, gridCount, stageCosts, workOf, type CostTable, type StageCost } from '@tessera/imaging';
import type { ImageRow } from '@tessera/store';

/** What is known of the site when work is about to be added. */
export interface SiteLoad {
  /** Tasks that the living executors can run at one time. */
  readonly slots: number;
  /** What tasks took over what they were expected to take; undefined while nothing was seen. */
  readonly speed: number | undefined;
  /** Expected work of all open jobs, in milliseconds of one core. */
  readonly waitingMilliseconds: number;
}

/** How far an estimate may be off: by costs alone, and by what tasks of this site really took. */
const UNSEEN = { speed: 1.2, low: 0.5, high: 2.5 } as const;
const SEEN = { low: 0.7, high: 1.5 } as const;

/** How large and how long some planned jobs are, before any is started. */
export function estimateJobs(
  planned: readonly { readonly image: ImageRow; readonly plan: Plan }[],
  load: SiteLoad,
  costs: CostTable,
): EstimateDto {
  const bytes = planned.map(({ plan }) => estimateBytes(plan.pipeline, plan.output));
  const sizes = planned.map(({ plan: { output } }): Size => ({ width: output.width, height: output.height }));
  return {
    bytes: {
      low: bytes.reduce((sum, { low }) => sum + low, 0),
      high: bytes.reduce((sum, { high }) => sum + high, 0),
    },
    seconds: secondsOf(
      planned.map(({ plan, image }) => stageCosts(plan, image.format, costs)),
      load,
    ),
    largest: sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a)),
    split: planned.filter(({ plan }) => gridCount(plan.grid, plan.output) > 1).length,
  };
}

/** Until all are done: the work before them at most, their own at least; no job is quicker than its longest way through. */
function secondsOf(jobs: readonly (readonly StageCost[])[], load: SiteLoad): EstimateDto['seconds'] {
  const { slots, waitingMilliseconds } = load;
  if (slots === 0) return null;
  const { speed, low, high } = load.speed === undefined ? UNSEEN : { ...SEEN, speed: load.speed };
  const all = jobs.reduce((sum, job) => sum + workOf(job), 0);
  const longest = Math.max(...jobs.map((job) => wayThrough(job, slots)));
  const own = (Math.max(all / slots, longest) * speed) / 1000;
  const waiting = (waitingMilliseconds * speed) / slots / 1000;
  return { low: round(low * own), high: round(high * (own + waiting)) };
}

/** Stages follow one another; the tasks of one run side by side. */
const wayThrough = (job: readonly StageCost[], slots: number): number =>
  job.reduce((sum, { tasks, taskMilliseconds, waitMilliseconds }) => {
    return sum + waitMilliseconds + Math.ceil(tasks / slots) * taskMilliseconds;
  }, 0);

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
