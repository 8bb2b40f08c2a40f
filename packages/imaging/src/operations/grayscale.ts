import { createRaster, hasAlpha, type Raster } from '../raster.ts';
import type { PointOperation } from '../operation.ts';

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
  const { width, height, channels, data } = input;
  if (channels < 3) return input;
  const output = createRaster(width, height, grayChannels(channels));
  const to = output.data;
  const step = output.channels;
  for (let from = 0, at = 0; from < data.length; from += channels, at += step) {
    to[at] = (9798 * data[from]! + 19235 * data[from + 1]! + 3735 * data[from + 2]! + 16384) >> 15;
    if (step === 2) to[at + 1] = data[from + 3]!;
  }
  return output;
}
