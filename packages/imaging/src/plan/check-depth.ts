import type { Depth, OperationName, Pipeline, Step } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { operationFor } from '../registry.ts';

/** The depths that an operation computes in. */
export function depthsOf(op: OperationName): readonly Depth[] {
  const { depths = [8] }: { readonly depths?: readonly Depth[] } = operationFor(op);
  return depths;
}

/** Whether a step computes in that depth. */
export function worksIn({ op }: Pick<Step, 'op'>, depth: Depth): boolean {
  return depthsOf(op).includes(depth);
}

/**
 * Makes sure that every step computes in the depth that pixels are worked in, so that none is ever given others.
 *
 * @throws AppError UNSUPPORTED_DEPTH naming the first step that does not.
 */
export function checkDepth(pipeline: Pipeline, depth: Depth): void {
  const place = pipeline.findIndex((step) => !worksIn(step, depth));
  if (place < 0) return;
  const { op } = pipeline[place]!;
  throw new AppError('UNSUPPORTED_DEPTH', {
    message: `Step ${place + 1}, ${op}, works with 8 bits a channel only, and the image has ${depth}. Ask for the work to be done in 8 bits ("depth": 8 in the output), or take the step out.`,
    details: { step: place, op },
  });
}
