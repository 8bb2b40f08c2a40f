import { parseKernel, type Kernel } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';

/** A weighted sum of the neighbourhood by a given kernel (as correlation: not turned), mirrored borders. */
export const filter2d: NeighbourhoodOperation<'filter2d'> = {
  op: 'filter2d',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ kernel }) => {
    const { width, height } = kernelOf(kernel);
    return (Math.max(width, height) - 1) / 2;
  },
  apply: (input, region, picture, { kernel: text, divisor, offset }) => {
    const kernel = kernelOf(text);
    const sum = kernel.weights.reduce((total, weight) => total + weight, 0);
    const by = divisor === 0 ? sum || 1 : divisor;
    return runFilter(input, region, picture, convolution([kernel], { kind: 'linear', by, offset }));
  },
};

function kernelOf(text: string): Kernel {
  const kernel = parseKernel(text);
  if (kernel === undefined) throw new AppError('INVALID_PIPELINE', { details: { op: 'filter2d' } });
  return kernel;
}
