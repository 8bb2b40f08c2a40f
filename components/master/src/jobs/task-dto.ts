import {
  cellsOf,
  type Plan,
  type Region,
  type Size,
  type Stage,
  type StageKind,
  type TaskDto,
} from '@tessera/contracts';
import { picturePlace } from '@tessera/geo';
import { gridRegion, wholeOf } from '@tessera/imaging';
import type { TaskRow } from '@tessera/store';

/** Stages with one task per region. */
const REGIONAL: ReadonlySet<StageKind> = new Set(['observe', 'materialize', 'render', 'tile', 'window', 'range']);

/**
 * The region of the result that a task works on, or `null` for tasks that join or compare what others made, and for those
 * that work on the picture while it has another size or is cut otherwise.
 */
export function taskRegion(plan: Plan, stage: number, index: number): Region | null {
  const work = plan.stages[stage];
  const kind = work?.kind;
  if (kind === 'sequence') return wholeOf(plan.raster ? plan.picture : plan.output);
  if (kind === 'paint') return plan.raster ? (picturePlace(plan.raster, plan.picture).bands[index] ?? null) : null;
  if (work === undefined || !REGIONAL.has(work.kind) || isElsewhere(plan, work)) return null;
  return gridRegion(plan.grid, cellsOf(plan, work).picture, index);
}

const isSame = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height;

/** Whether the regions of a stage are not those of the result. */
export function isElsewhere(plan: Plan, stage: Stage): boolean {
  if (plan.raster !== undefined || !REGIONAL.has(stage.kind)) return false;
  const { grid, picture } = cellsOf(plan, stage);
  return !isSame(grid, plan.grid) || !isSame(picture, plan.output);
}

/** A task as callers see it. */
export function taskDto(row: TaskRow, plan: Plan): TaskDto {
  return {
    stage: row.stage,
    index: row.index,
    kind: plan.stages[row.stage]?.kind ?? 'unknown',
    region: taskRegion(plan, row.stage, row.index),
    state: row.state,
    executor: row.executor,
    attempts: row.attempts,
    milliseconds: row.milliseconds,
  };
}
