import type { OperationName, OperationParams } from '@tessera/contracts';
import type { GlobalOperation } from '../operation.ts';
import type { Samples } from '../raster.ts';

/**
 * Runs the rounds of a global operation until its state is settled, or until there is none left, and gives the state.
 *
 * @param round looks at the whole picture and merges, knowing the state of the round before.
 */
export function settle<Op extends OperationName, S extends Samples>(
  operation: GlobalOperation<Op, S>,
  params: OperationParams<Op>,
  round: (before: Uint8Array | undefined) => Uint8Array,
): Uint8Array {
  let state = round(undefined);
  for (let left = (operation.rounds?.(params) ?? 1) - 1; left > 0 && operation.settled?.(state) !== true; left--) {
    state = round(state);
  }
  return state;
}
