import type { Kernel } from '@tessera/contracts';
import { reflect101, type BorderRule } from '../border.ts';
import type { ScalarFilter } from './filter.ts';
import type { Tile } from './tile.ts';

/** Makes a level (cut off at 0 and 255) of the sums of one or two kernels. */
export type Finish = (first: number, second: number) => number;

interface Tap {
  readonly dx: number;
  readonly dy: number;
  readonly weight: number;
}

/**
 * Weighted sums of the neighbourhood by one kernel, or by two at once; kernels have odd sides, at most 127. Sums are
 * floating point numbers of 64 bits, added in the kernel's order, so that they do not depend on the region.
 */
export function convolution(
  kernels: readonly [Kernel] | readonly [Kernel, Kernel],
  finish: Finish,
  border: BorderRule = reflect101,
): ScalarFilter {
  const across = Math.max(...kernels.map(({ width }) => (width - 1) / 2));
  const down = Math.max(...kernels.map(({ height }) => (height - 1) / 2));
  const taps = kernels.map(tapsOf);
  return {
    reach: { left: across, right: across, above: down, below: down },
    border,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 1536,
    scalar: (tile) => {
      convolve(tile, { across, down, taps, finish });
    },
  };
}

/** The weights that are not zero, by their distance from the middle. */
function tapsOf({ width, height, weights }: Kernel): readonly Tap[] {
  const all = weights.map((weight, n) => ({
    dx: (n % width) - (width - 1) / 2,
    dy: Math.floor(n / width) - (height - 1) / 2,
    weight,
  }));
  return all.filter(({ weight }) => weight !== 0);
}

interface Work {
  readonly across: number;
  readonly down: number;
  readonly taps: readonly (readonly Tap[])[];
  readonly finish: Finish;
}

function convolve(tile: Tile, { across, down, taps, finish }: Work): void {
  const { source, sourceStride, target, targetStride, samples, rows, channels } = tile;
  const first = new Float64Array(samples);
  const second = new Float64Array(samples);
  for (let row = 0; row < rows; row++) {
    for (const [n, sums] of [first, second].entries()) {
      sums.fill(0);
      for (const { dx, dy, weight } of taps[n] ?? []) {
        const at = (row + down + dy) * sourceStride + (across + dx) * channels;
        for (let i = 0; i < samples; i++) sums[i] = sums[i]! + weight * source[at + i]!;
      }
    }
    const to = row * targetStride;
    for (let i = 0; i < samples; i++) {
      const level = finish(first[i]!, second[i]!);
      target[to + i] = level < 0 ? 0 : level > 255 ? 255 : level;
    }
  }
}

/** Rounds to the nearest integer, halves up. */
export const rounded = (value: number): number => Math.floor(value + 0.5);
