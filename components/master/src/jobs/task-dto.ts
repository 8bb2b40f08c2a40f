import type { Plan, Region, StageKind, TaskDto } from '@tessera/contracts';
import { picturePlace } from '@tessera/geo';
import { gridRegion, wholeOf } from '@tessera/imaging';
import type { TaskRow } from '@tessera/store';

/** Stages with one task per region. */
const REGIONAL: ReadonlySet<StageKind> = new Set(['observe', 'materialize', 'render', 'window', 'range']);

/** The region of the picture that a task works on, or `null` for tasks that join or compare what others made. */
export function taskRegion(plan: Plan, stage: number, index: number): Region | null {
  const kind = plan.stages[stage]?.kind;
  if (kind === 'sequence') return wholeOf(plan.picture);
  if (kind === 'paint') return plan.raster ? (picturePlace(plan.raster, plan.picture).bands[index] ?? null) : null;
  return kind !== undefined && REGIONAL.has(kind) ? gridRegion(plan.grid, plan.picture, index) : null;
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
