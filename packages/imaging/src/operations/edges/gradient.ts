import type { Kernel, OperationName, OperationParams } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import type { Samples } from '../../raster.ts';
import { deepConvolution } from '../deep/deep-convolution.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';
import type { Finish } from '../finish.ts';
import { SOBEL } from './sobel-kernel.ts';

type GradientName = Extract<OperationName, 'sobel' | 'scharr' | 'prewitt'>;
type Direction = OperationParams<GradientName>['direction'];

/** The factors of a kernel that derives across: transposed it derives downwards. */
interface Factors {
  readonly smooth: readonly number[];
  readonly derive: readonly number[];
}

/** The gradient by Sobel's kernels of side 3, 5 or 7, as OpenCV's `Sobel` has them. */
export const sobel = gradient('sobel', ({ aperture }) => SOBEL[aperture]);

/** The gradient by Scharr's kernel 3, 10, 3. */
export const scharr = gradient('scharr', () => ({ smooth: [3, 10, 3], derive: [-1, 0, 1] }));

/** The gradient by Prewitt's kernel 1, 1, 1. */
export const prewitt = gradient('prewitt', () => ({ smooth: [1, 1, 1], derive: [-1, 0, 1] }));

/** The amount of the derivative in one direction or the length of both, channel by channel, times a factor. */
function gradient<Op extends GradientName>(
  op: Op,
  factorsOf: (params: OperationParams<Op>) => Factors,
): NeighbourhoodOperation<Op, Samples> {
  const kernelsOf = (params: OperationParams<Op>): readonly [Kernels, Finish] =>
    lengthOf(factorsOf(params), params as OperationParams<GradientName>);
  const shallow: NeighbourhoodOperation<Op> = {
    op,
    kind: 'neighbourhood',
    channels: (input) => input,
    halo: (params) => (factorsOf(params).derive.length - 1) / 2,
    apply: (input, region, picture, params) => runFilter(input, region, picture, convolution(...kernelsOf(params))),
  };
  return neighbourhoodInBoth(shallow, {
    apply: (input, region, picture, params) =>
      runDeepFilter(input, region, picture, deepConvolution(...kernelsOf(params))),
  });
}

type Kernels = readonly [Kernel] | readonly [Kernel, Kernel];

function lengthOf(
  { smooth, derive }: Factors,
  { direction, scale }: { readonly direction: Direction; readonly scale: number },
): readonly [Kernels, Finish] {
  const across = product(smooth, derive);
  const down = product(derive, smooth);
  return direction === 'both'
    ? [[across, down], { kind: 'length', scale }]
    : [[direction === 'across' ? across : down], { kind: 'amount', scale }];
}

/** The kernel with one factor for rows and one for columns. */
export function product(down: readonly number[], across: readonly number[]): Kernel {
  return {
    width: across.length,
    height: down.length,
    weights: down.flatMap((row) => across.map((column) => row * column)),
  };
}
