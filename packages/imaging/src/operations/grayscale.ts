import type { PointOperation } from '../operation.ts';
import { hasAlpha, type Raster } from '../raster.ts';
import { runPointFilter, type PointFilter } from './point-filter.ts';

/** Luma of BT.601; the result has one channel, and alpha where the input has it. Gray pictures stay as they are. */
export const grayscale: PointOperation<'grayscale'> = {
  op: 'grayscale',
  kind: 'point',
  channels: grayChannels,
  apply: toGray,
};

/** Channels of a gray raster made of one with `input` channels: 1, or 2 with alpha. */
export function grayChannels(input: number): number {
  return hasAlpha(input) ? 2 : 1;
}

/**
 * `⌊(9798 R + 19235 G + 3735 B + 2¹⁴) / 2¹⁵⌋`: the weights 0.299, 0.587, 0.114 in 15-bit fixed point, as OpenCV 4
 * computes them for 8-bit pixels. A raster of 1 or 2 channels is given back itself.
 */
export function toGray(input: Raster): Raster {
  return input.channels < 3 ? input : runPointFilter(input, grayFilter(input.channels));
}

/** The filter for rasters of 3 or 4 channels. */
export function grayFilter(channels: number): PointFilter {
  const step = grayChannels(channels);
  return {
    channels: step,
    scalar: (source, target) => {
      for (let from = 0, to = 0; from < source.length; from += channels, to += step) {
        target[to] = (9798 * source[from]! + 19235 * source[from + 1]! + 3735 * source[from + 2]! + 16384) >> 15;
        if (step === 2) target[to + 1] = source[from + 3]!;
      }
    },
    vector: (functions, source, target, pixels) => {
      functions.grayscale(source, target, pixels, channels);
    },
  };
}
