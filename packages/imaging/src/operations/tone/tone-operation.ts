import type { OperationName, OperationParams } from '@tessera/contracts';
import type { PointOperation } from '../../operation.ts';
import type { Samples } from '../../raster.ts';
import { deepChange, mapDeepLevels } from '../deep/deep-table.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { mapLevels, tableOf, type ToneChannel, type ToneCurve } from '../level-table.ts';

/**
 * An operation that replaces each level by that of a curve.
 *
 * @param curveOf the curve of parameters, for levels from 0 to 255; those of 16 bits lie between them.
 */
export function toneOperation<Op extends OperationName>(
  op: Op,
  curveOf: (params: OperationParams<Op>) => ToneCurve,
): PointOperation<Op, Samples> {
  const channelOf = (params: OperationParams<Op>): ToneChannel =>
    (params as { readonly channel?: ToneChannel }).channel ?? 'all';
  return pointInBoth<Op>(
    {
      op,
      kind: 'point',
      channels: (input) => input,
      apply: (input, params) => mapLevels(input, tableOf(curveOf(params)), channelOf(params)),
    },
    { apply: (input, params) => mapDeepLevels(input, deepChange(curveOf(params)), channelOf(params)) },
  );
}
