import { reflect101, type BorderRule } from '../../border.ts';
import { gaussianWeights } from '../blur/gaussian-kernel.ts';
import type { DeepFilter, DeepTile } from './deep-filter.ts';

/** Weights are in 1/2¹⁶: sums of columns have 32 bits, of rows 48, and are exact in floating point numbers. */
const ONE = 65_536;
const HALF = ONE * (ONE / 2);

/** The Gaussian of 16 bits, bit-identical with OpenCV's: the one rounding is at the end, half up. */
export function deepGaussianFilter(ksize: number, sigma: number, border: BorderRule = reflect101): DeepFilter {
  const kernel = gaussianWeights(ksize, sigma, ONE);
  const halo = (ksize - 1) / 2;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border,
    outside: 0,
    run: (tile) => {
      blur(tile, kernel);
    },
  };
}

/** Kernels are the same from both sides: what lies equally far is added first. */
function blur({ source, sourceStride, target, samples, rows, channels }: DeepTile, kernel: Float64Array): void {
  const halo = (kernel.length - 1) / 2;
  const middle = kernel[halo]!;
  const columns = new Float64Array(sourceStride);
  const sums = new Float64Array(samples);
  for (let row = 0; row < rows; row++) {
    const here = (row + halo) * sourceStride;
    for (let i = 0; i < sourceStride; i++) columns[i] = middle * source[here + i]!;
    for (let tap = 0; tap < halo; tap++) {
      const weight = kernel[tap]!;
      const [above, below] = [(row + tap) * sourceStride, (row + 2 * halo - tap) * sourceStride];
      for (let i = 0; i < sourceStride; i++)
        columns[i] = columns[i]! + weight * (source[above + i]! + source[below + i]!);
    }
    const at = halo * channels;
    for (let i = 0; i < samples; i++) sums[i] = HALF + middle * columns[at + i]!;
    for (let tap = 0; tap < halo; tap++) {
      const weight = kernel[tap]!;
      const [left, right] = [tap * channels, (2 * halo - tap) * channels];
      for (let i = 0; i < samples; i++) sums[i] = sums[i]! + weight * (columns[left + i]! + columns[right + i]!);
    }
    const to = row * samples;
    for (let i = 0; i < samples; i++) target[to + i] = Math.floor(sums[i]! / (ONE * ONE));
  }
}
