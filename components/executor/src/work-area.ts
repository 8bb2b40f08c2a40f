import type { Plan } from '@tessera/contracts';
import type { ObjectStore } from '@tessera/storage';

/**
 * Where the stages of one job leave what later stages read. Names are deterministic, so a repeated task rewrites equal
 * bytes; a task's receipt is written last and says that the task is done.
 */
export interface WorkArea {
  readonly store: ObjectStore;
  readonly prefix: string;
}

/** A job, and which of its plans is carried out. */
export interface PlannedJob {
  readonly job: string;
  readonly plan: Pick<Plan, 'again'>;
}

/** The area of a job in the shared object store: a plan finds nothing there of the plan before. */
export function sharedWorkArea(store: ObjectStore, { job, plan }: PlannedJob): WorkArea {
  return { store, prefix: plan.again === undefined ? `work/${job}` : `work/${job}/again-${String(plan.again)}` };
}

/** Key of the result of a job's plan, or of a file beside it. */
export function resultKey({ job, plan }: PlannedJob, extension: string): string {
  return `results/${job}${plan.again === undefined ? '' : `.again-${String(plan.again)}`}.${extension}`;
}

/** Key of what a task made: a strip, raw pixels, a partial or a state. */
export function dataKey(area: WorkArea, stage: number, index: number): string {
  return `${area.prefix}/${stage}/${index}`;
}

/** Key of the smaller copy that a raster task leaves for the stage after. */
export function reducedKey(area: WorkArea, stage: number, index: number): string {
  return `${area.prefix}/${stage}/${index}.reduced`;
}

/** Key of a task's receipt. */
export function receiptKey(area: WorkArea, stage: number, index: number): string {
  return `${area.prefix}/${stage}/${index}.json`;
}
