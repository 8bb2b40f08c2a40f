import {
  sourceSizeOf,
  type BasicStage,
  type Cells,
  type Pass,
  type Plan,
  type Region,
  type Step,
} from '@tessera/contracts';
import { channelsAfter, haloOf } from '../pass/halo.ts';
import { regionsThrough } from '../pass/walk.ts';
import { grow } from '../region.ts';
import type { OperationCosts } from './cost-table.ts';
import { stepCost } from './step-cost.ts';

/** A list of stages to which the numbers in passes refer, and what their tasks work on. */
export interface PassPlace {
  readonly plan: Pick<Plan, 'picture' | 'grid'>;
  readonly stages: readonly BasicStage[];
  readonly costs: OperationCosts;
}

/** Channels of the pixels that a pass begins with. */
export function channelsInto({ source }: Pass, place: Omit<PassPlace, 'costs'>): number {
  if (source.kind === 'image') return place.plan.picture.channels;
  const made = place.stages[source.stage];
  return made?.kind === 'materialize' || made?.kind === 'tile'
    ? channelsOut(made.pass, place)
    : place.plan.picture.channels;
}

/** Channels of the pixels that a pass makes. */
export function channelsOut(pass: Pass, place: Omit<PassPlace, 'costs'>): number {
  const { before, global, after } = pass;
  return channelsAfter([...before, ...(global ? [global.step] : []), ...after], channelsInto(pass, place));
}

/**
 * Milliseconds of one core per megapixel of a region that a pass takes: each step for the pixels that those behind it
 * read, which are more than the region has, and for the channels it finds.
 *
 * @param cells the regions.
 * @param observed a global operation that looks at what comes out.
 */
export function passCost(pass: Pass, cells: Cells, place: PassPlace, observed?: Step): number {
  const { picture } = cells;
  const cell = middleCell(cells);
  const global = observed ?? pass.global?.step;
  let channels = channelsInto(pass, place);
  const { depth = 8 } = place.plan.picture;
  const cost = (step: Step, made: Region): number => {
    const milliseconds = (stepCost(step, channels, place.costs, depth) * areaOf(made)) / areaOf(cell);
    channels = channelsAfter([step], channels);
    return milliseconds;
  };
  const target = global === undefined ? cell : grow(cell, haloOf(global), picture);
  const regions = regionsThrough(pass.before, target, sourceSizeOf(place.plan, place.stages, pass));
  const before = pass.before.reduce((sum, step, n) => sum + cost(step, regions[n + 1]!), 0);
  const applied = global === undefined ? 0 : cost(global, cell);
  return pass.after.reduce((sum, step) => sum + cost(step, cell), before + applied);
}

const areaOf = ({ width, height }: Region): number => width * height;

/** A cell of full size in the midst of the picture: most are like it. */
function middleCell({ picture, grid }: Cells): Region {
  const [width, height] = [Math.min(grid.width, picture.width), Math.min(grid.height, picture.height)];
  return { x: Math.floor((picture.width - width) / 2), y: Math.floor((picture.height - height) / 2), width, height };
}
