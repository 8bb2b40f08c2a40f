import type { PointOperation } from '../operation.ts';
import { grayChannels, toGray } from './grayscale.ts';
import { runPointFilter, type PointFilter } from './point-filter.ts';

/** White where the luma exceeds the value, black elsewhere; alpha stays. */
export const threshold: PointOperation<'threshold'> = {
  op: 'threshold',
  kind: 'point',
  channels: grayChannels,
  apply: (input, { value }) => {
    const gray = toGray(input);
    return runPointFilter(gray, thresholdFilter(gray.channels, value));
  },
};

/**
 * The filter for rasters of 1 or 2 channels. Levels are integers, so `level > value` is the same as `level > ⌊value⌋`,
 * which is what OpenCV compares.
 */
export function thresholdFilter(channels: number, value: number): PointFilter {
  const limit = Math.floor(value);
  return {
    channels,
    scalar: (source, target) => {
      for (let at = 0; at < source.length; at += channels) {
        target[at] = source[at]! > limit ? 255 : 0;
        if (channels === 2) target[at + 1] = source[at + 1]!;
      }
    },
    vector: (functions, source, target, pixels) => {
      functions.threshold(source, target, pixels, channels, limit);
    },
  };
}
