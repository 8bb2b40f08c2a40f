import type { PointOperation } from '../../operation.ts';
import { createDeep, type DeepRaster } from '../deep/deep-raster.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { runPointFilter, type PointFilter } from '../point-filter.ts';

const shallow: PointOperation<'swap-red-blue'> = {
  op: 'swap-red-blue',
  kind: 'point',
  channels: (input) => input,
  apply: (input) => (input.channels < 3 ? input : runPointFilter(input, swapFilter(input.channels))),
};

/** Exchanges the first and the third channel of RGB and RGBA; gray pictures stay as they are. */
export const swapRedBlue = pointInBoth(shallow, { apply: swapDeep });

function swapDeep(input: DeepRaster): DeepRaster {
  const { width, height, channels, data } = input;
  if (channels < 3) return input;
  const output = createDeep(width, height, channels);
  const target = output.data;
  target.set(data);
  for (let at = 0; at < data.length; at += channels) {
    target[at] = data[at + 2]!;
    target[at + 2] = data[at]!;
  }
  return output;
}

/** The filter for rasters of 3 or 4 channels. */
export function swapFilter(channels: number): PointFilter {
  return {
    channels,
    inPlace: true,
    scalar: (source, target) => {
      for (let at = 0; at < source.length; at += channels) {
        target[at] = source[at + 2]!;
        target[at + 1] = source[at + 1]!;
        target[at + 2] = source[at]!;
        if (channels === 4) target[at + 3] = source[at + 3]!;
      }
    },
    vector: (functions, source, target, pixels) => {
      functions.swapRedBlue(source, target, pixels, channels);
    },
  };
}
