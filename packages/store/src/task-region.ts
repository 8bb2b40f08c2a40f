import { cellsOf, type Plan, type Region, type StageKind } from '@tessera/contracts';

const REGIONAL: ReadonlySet<StageKind> = new Set(['observe', 'materialize', 'render', 'tile', 'window']);

/** The region that a task of the plan works on, or undefined for tasks that see the whole picture. */
export function taskRegion(plan: Plan, stage: number, index: number): Region | undefined {
  const work = plan.stages[stage];
  if (work === undefined || !REGIONAL.has(work.kind)) return undefined;
  const { picture, grid } = cellsOf(plan, work);
  const columns = Math.ceil(picture.width / grid.width);
  const x = (index % columns) * grid.width;
  const y = Math.floor(index / columns) * grid.height;
  if (y >= picture.height) return undefined;
  return { x, y, width: Math.min(grid.width, picture.width - x), height: Math.min(grid.height, picture.height - y) };
}
