import type { Kernel, OperationParams } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepConvolution } from '../deep/deep-convolution.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';
import { product } from './gradient.ts';

type Aperture = OperationParams<'laplacian'>['aperture'];

const shallow: NeighbourhoodOperation<'laplacian'> = {
  op: 'laplacian',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ aperture }) => Math.max(1, (aperture - 1) / 2),
  apply: (input, region, picture, { aperture, scale }) =>
    runFilter(input, region, picture, convolution([KERNELS[aperture]], { kind: 'amount', scale })),
};

/** The amount of the sum of both second derivatives, as OpenCV's `Laplacian` has them, times a factor. */
export const laplacian = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { aperture, scale }) =>
    runDeepFilter(input, region, picture, deepConvolution([KERNELS[aperture]], { kind: 'amount', scale })),
});

const KERNELS: Readonly<Record<Aperture, Kernel>> = {
  1: { width: 3, height: 3, weights: [0, 1, 0, 1, -4, 1, 0, 1, 0] },
  3: { width: 3, height: 3, weights: [2, 0, 2, 0, -8, 0, 2, 0, 2] },
  5: secondDerivatives([1, 4, 6, 4, 1], [1, 0, -2, 0, 1]),
  7: secondDerivatives([1, 6, 15, 20, 15, 6, 1], [1, 2, -1, -4, -1, 2, 1]),
};

function secondDerivatives(smooth: readonly number[], derive: readonly number[]): Kernel {
  const across = product(smooth, derive);
  const down = product(derive, smooth);
  return { ...across, weights: across.weights.map((weight, n) => weight + down.weights[n]!) };
}
