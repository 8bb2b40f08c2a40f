import type { Pipeline, Size } from '@tessera/contracts';
import { bind } from './halo.ts';
import { nameOfWish, type OtherWish } from './other-wish.ts';
import { sizesThrough } from './walk.ts';

/** A picture that a step of a pipeline wants besides. */
export interface StepWish {
  /** Place of the step in the pipeline. */
  readonly step: number;
  readonly wish: OtherWish;
  /** What the step calls it. */
  readonly name: string;
}

/** The pictures that the steps of a pipeline over a picture of that size want besides, in their order. */
export function otherWishes(pipeline: Pipeline, picture: Size): readonly StepWish[] {
  const sizes = sizesThrough(pipeline, picture);
  return pipeline.flatMap((step, n) => {
    const { operation, params } = bind(step);
    if (operation.kind !== 'combine') return [];
    const wish = operation.wish(params, sizes[n]!);
    return [{ step: n, wish, name: nameOfWish(wish) }];
  });
}
