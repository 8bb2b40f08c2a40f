import { parseKernel, type Kernel, type OperationParams } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepConvolution } from '../deep/deep-convolution.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { PER_LEVEL } from '../deep/deep-raster.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';
import type { Finish } from '../finish.ts';

const shallow: NeighbourhoodOperation<'filter2d'> = {
  op: 'filter2d',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ kernel }) => {
    const { width, height } = kernelOf(kernel);
    return (Math.max(width, height) - 1) / 2;
  },
  apply: (input, region, picture, params) => {
    const kernel = kernelOf(params.kernel);
    return runFilter(input, region, picture, convolution([kernel], finishOf(params, kernel, 1)));
  },
};

/** A weighted sum of the neighbourhood by a given kernel (as correlation: not turned), mirrored borders. */
export const filter2d = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, params) => {
    const kernel = kernelOf(params.kernel);
    return runDeepFilter(input, region, picture, deepConvolution([kernel], finishOf(params, kernel, PER_LEVEL)));
  },
});

function finishOf({ divisor, offset }: OperationParams<'filter2d'>, { weights }: Kernel, perLevel: number): Finish {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { kind: 'linear', by: divisor === 0 ? sum || 1 : divisor, offset: offset * perLevel };
}

function kernelOf(text: string): Kernel {
  const kernel = parseKernel(text);
  if (kernel === undefined) throw new AppError('INVALID_PIPELINE', { details: { op: 'filter2d' } });
  return kernel;
}
