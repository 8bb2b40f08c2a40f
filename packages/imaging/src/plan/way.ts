import type { Pipeline, Region, Size, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { bind } from '../pass/halo.ts';
import { neededBy, regionsThrough, sizeAfterStep } from '../pass/walk.ts';
import { wholeOf } from '../region.ts';
import type { PlanLimits } from './plan-limits.ts';

/** What of the picture is made, read and held on the way from the source to the result. */
export interface Way {
  readonly result: Size;
  /** Pixels that go into each step so that the whole result can be made; the last are those of the result. */
  readonly pixels: readonly number[];
  /** The most of these: what one task holds that makes all. */
  readonly most: number;
}

export const areaOf = ({ width, height }: Size): number => width * height;

/** A global operation reads all of the picture, whatever is wanted of it. */
const reads = (step: Step, region: Region, picture: Size): Region =>
  bind(step).operation.kind === 'global' ? wholeOf(picture) : neededBy(step, region, picture);

/**
 * Follows a pipeline from the source to the result, before anything is decoded.
 *
 * @throws AppError OUTPUT_TOO_LARGE where a step makes more than is allowed, INVALID_PIPELINE where one leaves nothing.
 */
export function wayOf(pipeline: Pipeline, picture: Size, limits: PlanLimits): Way {
  let result: Size = { width: picture.width, height: picture.height };
  const longest = Math.max(limits.madeSide, picture.width, picture.height);
  for (const step of pipeline) {
    result = sizeAfterStep(step, result);
    if (Math.max(result.width, result.height) > longest) throw tooLarge(step, result);
  }
  const pixels = regionsThrough(pipeline, wholeOf(result), picture, reads).map(areaOf);
  const allowed = Math.max(limits.madePixels, areaOf(picture));
  const beyond = pixels.findIndex((made) => made > allowed);
  if (beyond > 0) throw tooLarge(pipeline[beyond - 1]!, result);
  return { result, pixels, most: Math.max(...pixels) };
}

function tooLarge({ op }: Step, { width, height }: Size): AppError {
  return new AppError('OUTPUT_TOO_LARGE', {
    message: `The step ${op} makes the picture larger than is allowed; the result would be ${width} × ${height}.`,
  });
}
