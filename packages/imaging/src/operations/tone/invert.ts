import type { PointOperation } from '../../operation.ts';
import { hasAlpha } from '../../raster.ts';
import { createDeep, MOST, type DeepRaster } from '../deep/deep-raster.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { runPointFilter, type PointFilter } from '../point-filter.ts';

const shallow: PointOperation<'invert'> = {
  op: 'invert',
  kind: 'point',
  channels: (input) => input,
  apply: (input) => runPointFilter(input, invertFilter(input.channels)),
};

/** Every colour level v becomes 255 − v, of 16 bits 65535 − v; alpha stays. */
export const invert = pointInBoth(shallow, { apply: invertDeep });

/** The filter for rasters of 1–4 channels. */
export function invertFilter(channels: number): PointFilter {
  // Four bytes of mask repeat evenly for 1, 2 and 4 channels, and for 3 all bytes are alike: 255 flips, 0 keeps.
  const mask = new Uint8Array(4).map((_, index) => (keeps(channels, index) ? 0 : 255));
  const word = new Int32Array(mask.buffer)[0]!;
  return {
    channels,
    inPlace: true,
    scalar: (source, target) => {
      for (let at = 0; at < source.length; at++) target[at] = source[at]! ^ mask[at & 3]!;
    },
    vector: ({ invert: run }, source, target, pixels) => {
      run(source, target, pixels, channels, word);
    },
  };
}

function invertDeep({ width, height, channels, data }: DeepRaster): DeepRaster {
  const output = createDeep(width, height, channels);
  const target = output.data;
  const alpha = hasAlpha(channels) ? channels - 1 : -1;
  for (let channel = 0; channel < channels; channel++) {
    const mask = channel === alpha ? 0 : MOST;
    for (let at = channel; at < data.length; at += channels) target[at] = data[at]! ^ mask;
  }
  return output;
}

function keeps(channels: number, index: number): boolean {
  return (channels === 2 && index % 2 === 1) || (channels === 4 && index === 3);
}
