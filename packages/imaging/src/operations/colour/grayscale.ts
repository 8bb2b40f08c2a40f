import type { OperationParams } from '@tessera/contracts';
import { hasAlpha, type Raster } from '../../raster.ts';
import { toDeepGray } from '../deep/deep-gray.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { runPointFilter, type PointFilter } from '../point-filter.ts';
import { LUMA } from './luma-weights.ts';

type Weights = OperationParams<'grayscale'>;

/** A weighted sum of the colours; the result has one channel, and alpha where the input has it. Gray pictures stay as they are. */
export const grayscale = pointInBoth<'grayscale'>(
  { op: 'grayscale', kind: 'point', channels: grayChannels, apply: (input, weights) => toGray(input, weights) },
  { apply: (input, weights) => toDeepGray(input, weights) },
);

/** Channels of a gray raster made of one with `input` channels: 1, or 2 with alpha. */
export function grayChannels(input: number): number {
  return hasAlpha(input) ? 2 : 1;
}

/** The weighted sum; by default the luma of BT.601. A raster of 1 or 2 channels is given back itself. */
export function toGray(input: Raster, weights: Weights = LUMA): Raster {
  return input.channels < 3 ? input : runPointFilter(input, grayFilter(input.channels, weights));
}

const ONE = 1 << 15;

/**
 * `⌊(r R + g G + b B + 2¹⁴) / 2¹⁵⌋`, at most 255, with weights in 1/2¹⁵. Blue's is what is left of the sum, so that weights
 * which sum up to 1 keep white; luma has 9798, 19235 and 3735, as OpenCV 4 for 8-bit pixels. A weight of 1 is taken for
 * 1 − 2⁻¹⁵, which fits into 16 bits and gives the same levels.
 */
export function grayFilter(channels: number, weights: Weights = LUMA): PointFilter {
  const step = grayChannels(channels);
  const fixed = (weight: number): number => Math.min(ONE - 1, Math.max(0, Math.round(weight)));
  const red = fixed(weights.red * ONE);
  const green = fixed(weights.green * ONE);
  const blue = fixed((weights.red + weights.green + weights.blue) * ONE - red - green);
  return {
    channels: step,
    inPlace: true,
    scalar: (source, target) => {
      for (let from = 0, to = 0; from < source.length; from += channels, to += step) {
        const sum = red * source[from]! + green * source[from + 1]! + blue * source[from + 2]!;
        target[to] = Math.min(255, (sum + ONE / 2) >> 15);
        if (step === 2) target[to + 1] = source[from + 3]!;
      }
    },
    vector: (functions, source, target, pixels) => {
      functions.grayscale(source, target, pixels, channels, red, green, blue);
    },
  };
}
