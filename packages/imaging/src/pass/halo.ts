import type { OperationName, OperationParams, Step } from '@tessera/contracts';
import type { Operation } from '../operation.ts';
import type { Samples } from '../raster.ts';
import { operationFor } from '../registry.ts';

/** The operation of a step with its parameters, typed as one pair. */
export function bind<S extends Samples = Uint8Array>(
  step: Step,
): { readonly operation: Operation<OperationName, S>; readonly params: OperationParams<OperationName> } {
  return { operation: operationFor(step.op), params: step.params };
}

/** Pixels that a step reads beyond each side of what it makes, where it makes a pixel of those around its place. */
export function haloOf(step: Step): number {
  const { operation, params } = bind(step);
  return 'halo' in operation ? operation.halo(params) : 0;
}

/** How often a step looks at the whole picture before it is applied: at most, for its state may settle before. */
export function roundsOf(step: Step): number {
  const { operation, params } = bind(step);
  return operation.kind === 'global' ? (operation.rounds?.(params) ?? 1) : 0;
}

/** Channels after all steps. */
export function channelsAfter(steps: readonly Step[], channels: number): number {
  return steps.reduce((current, step) => {
    const { operation, params } = bind(step);
    return operation.channels(current, params);
  }, channels);
}
