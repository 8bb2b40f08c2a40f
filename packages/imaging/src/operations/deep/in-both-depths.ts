import type { OperationName } from '@tessera/contracts';
import type { CombineOperation, GeometryOperation, NeighbourhoodOperation, PointOperation } from '../../operation.ts';
import { isDeep, type Samples } from '../../raster.ts';

/** What an operation of 8 bits needs to compute in 16 as well. */
type ToApply<O extends { apply: unknown }> = Pick<O, 'apply'>;

export const BOTH_DEPTHS = [8, 16] as const;

/**
 * An operation of 8 bits that computes in 16 too, by other functions. These share no loop on purpose: one that has met
 * arrays of both kinds is compiled for both, and up to twice as slow for either.
 */
export function pointInBoth<Op extends OperationName>(
  shallow: PointOperation<Op>,
  deep: ToApply<PointOperation<Op, Uint16Array>>,
): PointOperation<Op, Samples> {
  type Way = ToApply<PointOperation<Op, Samples>>;
  return {
    ...shallow,
    depths: BOTH_DEPTHS,
    apply: (input, ...rest) => ((isDeep(input) ? deep : shallow) as Way).apply(input, ...rest),
  };
}

/** The same for an operation that looks at neighbours. */
export function neighbourhoodInBoth<Op extends OperationName>(
  shallow: NeighbourhoodOperation<Op>,
  deep: ToApply<NeighbourhoodOperation<Op, Uint16Array>>,
): NeighbourhoodOperation<Op, Samples> {
  type Way = ToApply<NeighbourhoodOperation<Op, Samples>>;
  return {
    ...shallow,
    depths: BOTH_DEPTHS,
    apply: (input, ...rest) => ((isDeep(input.raster) ? deep : shallow) as Way).apply(input, ...rest),
  };
}

/** The same for an operation that moves pixels. */
export function geometryInBoth<Op extends OperationName>(
  shallow: GeometryOperation<Op>,
  deep: ToApply<GeometryOperation<Op, Uint16Array>>,
): GeometryOperation<Op, Samples> {
  type Way = ToApply<GeometryOperation<Op, Samples>>;
  return {
    ...shallow,
    depths: BOTH_DEPTHS,
    apply: (input, ...rest) => ((isDeep(input.raster) ? deep : shallow) as Way).apply(input, ...rest),
  };
}

/** The same for an operation that reads another picture. */
export function combineInBoth<Op extends OperationName>(
  shallow: CombineOperation<Op>,
  deep: ToApply<CombineOperation<Op, Uint16Array>>,
): CombineOperation<Op, Samples> {
  type Way = ToApply<CombineOperation<Op, Samples>>;
  return {
    ...shallow,
    depths: BOTH_DEPTHS,
    apply: (input, ...rest) => ((isDeep(input) ? deep : shallow) as Way).apply(input, ...rest),
  };
}
