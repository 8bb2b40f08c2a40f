import type { Region, Size, Step } from '@tessera/contracts';
import { grow } from '../region.ts';
import { bind, haloOf } from './halo.ts';

/** Size of what a step makes of a picture. @throws AppError INVALID_PIPELINE where nothing would be left of it. */
export function sizeAfterStep(step: Step, picture: Size): Size {
  const { operation, params } = bind(step);
  return operation.kind === 'geometry' ? operation.size(params, picture) : picture;
}

/** Sizes of a picture on its way: `sizes[n]` goes into step n, the last one comes out. */
export function sizesThrough(steps: readonly Step[], picture: Size): readonly Size[] {
  const sizes: Size[] = [{ width: picture.width, height: picture.height }];
  for (const step of steps) sizes.push(sizeAfterStep(step, sizes.at(-1)!));
  return sizes;
}

/** Size of a picture after all steps. */
export function sizeAfter(steps: readonly Step[], picture: Size): Size {
  return sizesThrough(steps, picture).at(-1)!;
}

/** The region of the picture before a step, of size `picture`, that is read to make `region` behind it. */
export function neededBy(step: Step, region: Region, picture: Size): Region {
  const { operation, params } = bind(step);
  return operation.kind === 'geometry' ? operation.needs(params, region, picture) : grow(region, haloOf(step), picture);
}

/**
 * Regions on the way to `region`, which lies in what all steps make of the picture: `regions[n]` goes into step n, the
 * last one comes out.
 *
 * @param needs the region that a step reads; default: the least that makes exact pixels.
 */
export function regionsThrough(
  steps: readonly Step[],
  region: Region,
  picture: Size,
  needs: (step: Step, region: Region, picture: Size) => Region = neededBy,
): readonly Region[] {
  const sizes = sizesThrough(steps, picture);
  const regions = [region];
  for (let n = steps.length - 1; n >= 0; n--) regions.unshift(needs(steps[n]!, regions[0]!, sizes[n]!));
  return regions;
}
