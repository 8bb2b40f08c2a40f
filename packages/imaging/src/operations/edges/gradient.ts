import type { Kernel, OperationName, OperationParams, Region, Size } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';
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
): NeighbourhoodOperation<Op> {
  return {
    op,
    kind: 'neighbourhood',
    channels: (input) => input,
    halo: (params) => (factorsOf(params).derive.length - 1) / 2,
    apply: (input, region, picture, params) => {
      const { direction, scale } = params as OperationParams<GradientName>;
      return lengthOf(factorsOf(params), direction, scale, { input, region, picture });
    },
  };
}

interface Place {
  readonly input: Window;
  readonly region: Region;
  readonly picture: Size;
}

function lengthOf(factors: Factors, direction: Direction, scale: number, { input, region, picture }: Place): Raster {
  const across = product(factors.smooth, factors.derive);
  const down = product(factors.derive, factors.smooth);
  const filter =
    direction === 'both'
      ? convolution([across, down], { kind: 'length', scale })
      : convolution([direction === 'across' ? across : down], { kind: 'amount', scale });
  return runFilter(input, region, picture, filter);
}

/** The kernel with one factor for rows and one for columns. */
export function product(down: readonly number[], across: readonly number[]): Kernel {
  return {
    width: across.length,
    height: down.length,
    weights: down.flatMap((row) => across.map((column) => row * column)),
  };
}
