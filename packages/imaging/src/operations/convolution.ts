import type { Kernel } from '@tessera/contracts';
import { reflect101, type BorderRule } from '../border.ts';
import type { Filter } from './filter.ts';
import { finisher, type Finish } from './finish.ts';
import type { Tile } from './tile.ts';
import { convolutionVectors } from './convolution-vectors.ts';

/** A weight of a kernel that is not zero, and its distance from the middle. */
export interface Tap {
  readonly dx: number;
  readonly dy: number;
  readonly weight: number;
}

/** Kernels as lists of taps, and how far they reach from the middle. */
export interface Taps {
  readonly across: number;
  readonly down: number;
  readonly lists: readonly (readonly Tap[])[];
}

/**
 * Weighted sums of the neighbourhood by one kernel, or by two at once; kernels have odd sides, at most 127. Sums are
 * floating point numbers of 64 bits, added in the kernel's order, so that they do not depend on the region.
 */
export function convolution(
  kernels: readonly [Kernel] | readonly [Kernel, Kernel],
  finish: Finish,
  border: BorderRule = reflect101,
): Filter {
  const across = Math.max(...kernels.map(({ width }) => (width - 1) / 2));
  const down = Math.max(...kernels.map(({ height }) => (height - 1) / 2));
  const taps = { across, down, lists: kernels.map(tapsOf) };
  return {
    reach: { left: across, right: across, above: down, below: down },
    border,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 6144,
    scalar: (tile) => {
      convolve(tile, taps, finisher(finish));
    },
    vector: convolutionVectors(taps, finish),
  };
}

/** The taps of a kernel in its order. */
export function tapsOf({ width, height, weights }: Kernel): readonly Tap[] {
  const all = weights.map((weight, n) => ({
    dx: (n % width) - (width - 1) / 2,
    dy: Math.floor(n / width) - (height - 1) / 2,
    weight,
  }));
  return all.filter(({ weight }) => weight !== 0);
}

function convolve(tile: Tile, { across, down, lists }: Taps, level: (sum: number, second: number) => number): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
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
    const to = row * targetStride;
    for (let i = 0; i < samples; i++) {
      const value = level(first[i]!, second[i]!);
      target[to + i] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}
