import type { Region, Size, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { Raster, Samples, Window } from '../raster.ts';
import { recycle } from '../spare-memory.ts';
import { bind } from './halo.ts';
import { NO_OTHERS, otherOf, type OtherSources } from './other-pictures.ts';
import { regionsThrough, sizesThrough } from './walk.ts';

/** Reads the pixels of a region. */
export type ReadWindow<S extends Samples = Uint8Array> = (region: Region) => Window<S>;

/** The region of `picture` that has to be read so that all steps together can make `region` of what they make of it. */
export function inputOf(steps: readonly Step[], region: Region, picture: Size): Region {
  return regionsThrough(steps, region, picture)[0]!;
}

/**
 * Runs operations that are not global one after another on a picture, so that exactly `region` of what they make comes
 * out. Each intermediate raster covers what the steps behind it need, and no more.
 */
export function runSteps<S extends Samples>(
  steps: readonly Step[],
  region: Region,
  picture: Size,
  read: ReadWindow<S>,
  others: OtherSources<S> = NO_OTHERS,
): Raster<S> {
  const sizes = sizesThrough(steps, picture);
  const regions = regionsThrough(steps, region, picture);
  const first = read(regions[0]!);
  let window = first;
  steps.forEach((step, n) => {
    const target = regions[n + 1]!;
    const raster = runStep(step, window, target, sizes[n]!, others);
    // What was read belongs to whoever reads it.
    if (n > 0) recycle(window.raster, first.raster, raster);
    window = { x: target.x, y: target.y, raster };
  });
  return window.raster;
}

/** Runs an operation that is not global so that `target` comes out. `picture` is the size of what goes in. */
export function runStep<S extends Samples>(
  step: Step,
  input: Window<S>,
  target: Region,
  picture: Size,
  others: OtherSources<S> = NO_OTHERS,
): Raster<S> {
  const { operation, params } = bind<S>(step);
  switch (operation.kind) {
    case 'point':
      return operation.apply(input.raster, params);
    case 'neighbourhood':
    case 'geometry':
      return operation.apply(input, target, picture, params);
    case 'combine':
      return operation.apply(input.raster, otherOf(step, picture, others), target, picture, params);
    case 'global':
      throw new AppError('INTERNAL', { details: { op: step.op, reason: 'a global operation is no step of a walk' } });
  }
}
