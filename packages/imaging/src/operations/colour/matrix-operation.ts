import type { OperationName, OperationParams } from '@tessera/contracts';
import type { PointOperation } from '../../operation.ts';
import type { Samples } from '../../raster.ts';
import { colourfulChannels, mixColours, type ColourMatrix } from '../colour-matrix.ts';
import { mixDeepColours } from '../deep/deep-colour-matrix.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';

/** An operation that mixes each pixel's colours anew. Constants of the matrix are levels from 0 to 255. */
export function matrixOperation<Op extends OperationName>(
  op: Op,
  matrixOf: (params: OperationParams<Op>) => ColourMatrix,
): PointOperation<Op, Samples> {
  return pointInBoth<Op>(
    { op, kind: 'point', channels: colourfulChannels, apply: (input, params) => mixColours(input, matrixOf(params)) },
    { apply: (input, params) => mixDeepColours(input, matrixOf(params)) },
  );
}
