import type { PointOperation } from '../operation.ts';
import { createRaster, hasAlpha, type Raster } from '../raster.ts';
import { grayChannels, toGray } from './grayscale.ts';

/** White where the luma exceeds the value, black elsewhere; alpha stays. */
export const threshold: PointOperation<'threshold'> = {
  op: 'threshold',
  kind: 'point',
  channels: grayChannels,
  apply: (input, { value }) => binarize(toGray(input), value),
};

/** Levels are integers, so `level > value` is the same as `level > ⌊value⌋`, which is what OpenCV compares. */
function binarize(gray: Raster, value: number): Raster {
  const { width, height, channels, data } = gray;
  const output = createRaster(width, height, channels);
  const to = output.data;
  const limit = Math.floor(value);
  if (hasAlpha(channels)) {
    for (let index = 0; index < data.length; index += 2) {
      to[index] = data[index]! > limit ? 255 : 0;
      to[index + 1] = data[index + 1]!;
    }
  } else {
    for (let index = 0; index < data.length; index++) to[index] = data[index]! > limit ? 255 : 0;
  }
  return output;
}
