import type { ObjectStore } from '@tessera/storage';

/**
 * Where the stages of one job leave what later stages read. Names are deterministic, so a repeated task rewrites equal
 * bytes; a task's receipt is written last and says that the task is done.
 */
export interface WorkArea {
  readonly store: ObjectStore;
  readonly prefix: string;
}

/** The area of a job in the shared object store. */
export function sharedWorkArea(store: ObjectStore, job: string): WorkArea {
  return { store, prefix: `work/${job}` };
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
