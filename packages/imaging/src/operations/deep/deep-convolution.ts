import type { Kernel } from '@tessera/contracts';
import { reflect101 } from '../../border.ts';
import { tapsOf, type Tap } from '../convolution.ts';
import { finisher, type Finish } from '../finish.ts';
import type { DeepFilter, DeepTile } from './deep-filter.ts';
import { MOST } from './deep-raster.ts';

/** Weighted sums of the neighbourhood by one kernel, or by two at once; see `convolution`. */
export function deepConvolution(kernels: readonly [Kernel] | readonly [Kernel, Kernel], finish: Finish): DeepFilter {
  const across = Math.max(...kernels.map(({ width }) => (width - 1) / 2));
  const down = Math.max(...kernels.map(({ height }) => (height - 1) / 2));
  const lists = kernels.map(tapsOf);
  const level = finisher(finish);
  return {
    reach: { left: across, right: across, above: down, below: down },
    border: reflect101,
    outside: 0,
    run: (tile) => {
      convolve(tile, { across, down }, lists, level);
    },
  };
}

function convolve(
  { source, sourceStride, target, samples, rows, channels }: DeepTile,
  { across, down }: { readonly across: number; readonly down: number },
  lists: readonly (readonly Tap[])[],
  level: (sum: number, second: number) => number,
): void {
  const first = new Float64Array(samples);
  const second = new Float64Array(samples);
  for (let row = 0; row < rows; row++) {
    for (const [n, sums] of [first, second].entries()) {
      sums.fill(0);
      for (const { dx, dy, weight } of lists[n] ?? []) {
        const at = (row + down + dy) * sourceStride + (across + dx) * channels;
        for (let i = 0; i < samples; i++) sums[i] = sums[i]! + weight * source[at + i]!;
      }
    }
    const to = row * samples;
    for (let i = 0; i < samples; i++) {
      const value = level(first[i]!, second[i]!);
      target[to + i] = value < 0 ? 0 : value > MOST ? MOST : value;
    }
  }
}
