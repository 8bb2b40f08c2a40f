import type { Region, Size, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { Raster, Window } from '../raster.ts';
import { grow } from '../region.ts';
import { bind, haloOf } from './halo.ts';
import { NO_OTHERS, otherOf } from './other-pictures.ts';

/** Reads the pixels of a region. */
export type ReadWindow = (region: Region) => Window;

/** The region that has to be read so that all steps together can make `region`: grown by the sum of their halos. */
export function inputOf(steps: readonly Step[], region: Region, picture: Size): Region {
  return steps.reduceRight((needed, step) => grow(needed, haloOf(step), picture), region);
}

/**
 * Runs operations that are not global one after another so that exactly `region` comes out. Each intermediate
 * raster covers what the steps behind it need, and no more.
 */
export function runSteps(
  steps: readonly Step[],
  region: Region,
  picture: Size,
  read: ReadWindow,
  others = NO_OTHERS,
): Raster {
  const needed = [region];
  for (const step of steps.toReversed()) needed.unshift(grow(needed[0]!, haloOf(step), picture));
  let window = read(needed[0]!);
  steps.forEach((step, index) => {
    const target = needed[index + 1]!;
    window = { x: target.x, y: target.y, raster: runStep(step, window, target, picture, others) };
  });
  return window.raster;
}

/** Runs an operation that is not global so that `target` comes out. */
export function runStep(step: Step, input: Window, target: Region, picture: Size, others = NO_OTHERS): Raster {
  const { operation, params } = bind(step);
  switch (operation.kind) {
    case 'point':
      return operation.apply(input.raster, params);
    case 'neighbourhood':
      return operation.apply(input, target, picture, params);
    case 'combine':
      return operation.apply(input.raster, otherOf(step, target, picture, others), target, picture, params);
    case 'global':
      throw new AppError('INTERNAL', { details: { op: step.op, reason: 'a global operation is no step of a walk' } });
  }
}
