import { reflect101 } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { deepGaussianFilter } from '../deep/deep-gaussian.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { runFilter, type Filter } from '../filter.ts';
import { gaussianKernel } from './gaussian-kernel.ts';
import { tileArguments, type Tile } from '../tile.ts';

const shallow: NeighbourhoodOperation<'gaussian-blur'> = {
  op: 'gaussian-blur',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ ksize }) => (ksize - 1) / 2,
  apply: (input, region, picture, { ksize, sigma }) =>
    runFilter(input, region, picture, gaussianFilter(gaussianKernel(ksize, sigma))),
};

/** Separable Gaussian filter with mirrored borders, bit-identical with OpenCV's 8-bit one. */
export const gaussianBlur = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { ksize, sigma }) =>
    runDeepFilter(input, region, picture, deepGaussianFilter(ksize, sigma)),
});

/**
 * The filter with the kernel of `gaussianKernel`. Weights are in 1/256, so the column sums are exact in 16 bits (≤ 255 · 256) and the
 * row sums of those in 32; the one rounding is at the end, half up.
 */
export function gaussianFilter(kernel: Uint16Array): Filter {
  const halo = (kernel.length - 1) / 2;
  const weightBytes = (2 * kernel.length + 17) & ~15;
  return {
    reach: { left: halo, right: halo, above: halo, below: halo },
    border: reflect101,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 3072,
    scalar: (tile) => {
      blur(tile, kernel);
    },
    vector: {
      // The kernel's weights and a zero, and what it computes with: see packages/imaging/assembly/gaussian-blur.ts.
      scratchBytes: ({ sourceStride: stride }) => weightBytes + 16 * (kernel.length + 1) + 6 * (stride + 64),
      run: ({ gaussianBlur: run }, tile, scratch) => {
        new Uint16Array(scratch.buffer, scratch.byteOffset, kernel.length + 1).fill(0).set(kernel);
        const weights = scratch.byteOffset;
        run(...tileArguments(tile), weights, kernel.length, weights + weightBytes);
      },
    },
  };
}

function blur(tile: Tile, kernel: Uint16Array): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  const size = kernel.length;
  const wide = samples + (size - 1) * channels;
  const sums = new Uint16Array(wide);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < wide; column++) {
      let sum = 0;
      let at = row * sourceStride + column;
      for (let tap = 0; tap < size; tap++, at += sourceStride) sum += kernel[tap]! * source[at]!;
      sums[column] = sum;
    }
    for (let column = 0; column < samples; column++) {
      let sum = 32768;
      let at = column;
      for (let tap = 0; tap < size; tap++, at += channels) sum += kernel[tap]! * sums[at]!;
      target[row * targetStride + column] = sum >>> 16;
    }
  }
}
