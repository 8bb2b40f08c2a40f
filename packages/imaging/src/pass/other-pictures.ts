import type { Region, Size, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { Samples, Window } from '../raster.ts';
import { bind } from './halo.ts';
import { nameOfWish } from './other-wish.ts';
import { regionsThrough, sizesThrough } from './walk.ts';

/** A picture that may be read besides the one that is worked on. */
export interface OtherSource<S extends Samples = Uint8Array> {
  readonly size: Size;
  /** Reads the pixels of a region, in the depth of the picture that is worked on. */
  readonly read: (region: Region) => Window<S>;
}

/** Finds pictures by the names that steps have for them. */
export type OtherSources<S extends Samples = Uint8Array> = (name: string) => OtherSource<S>;

/** For pipelines that read no other picture. @throws AppError INTERNAL */
export const NO_OTHERS: OtherSources<never> = () => {
  throw new AppError('INTERNAL', { details: { reason: 'no other picture was given' } });
};

/** The other picture of a step that combines, where what goes in has the size `picture`. */
export function otherOf<S extends Samples>(step: Step, picture: Size, sources: OtherSources<S>): OtherSource<S> {
  const { operation, params } = bind(step);
  if (operation.kind !== 'combine') throw new AppError('INTERNAL', { details: { op: step.op } });
  return sources(nameOfWish(operation.wish(params, picture)));
}

/** What is read of another picture. */
export interface OtherRegion {
  readonly name: string;
  readonly region: Region;
}

/** What steps read of other pictures to make `region` of what they make of a picture. */
export function otherRegions(
  steps: readonly Step[],
  region: Region,
  picture: Size,
  sizeOf: (name: string) => Size,
): readonly OtherRegion[] {
  const sizes = sizesThrough(steps, picture);
  const regions = regionsThrough(steps, region, picture);
  return steps.flatMap((step, n) => readBy(step, regions[n + 1]!, sizes[n]!, sizeOf) ?? []);
}

/** What one step reads of another picture to make `target`; undefined: nothing. */
export function readBy(
  step: Step,
  target: Region,
  picture: Size,
  sizeOf: (name: string) => Size,
): OtherRegion | undefined {
  const { operation, params } = bind(step);
  if (operation.kind !== 'combine') return undefined;
  const name = nameOfWish(operation.wish(params, picture));
  const region = operation.second(params, target, picture, sizeOf(name));
  return region && { name, region };
}
