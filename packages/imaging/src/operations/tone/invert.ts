import type { PointOperation } from '../../operation.ts';
import { hasAlpha, type Raster } from '../../raster.ts';
import { unwrittenRaster } from '../../spare-memory.ts';
import { createDeep, MOST, type DeepRaster } from '../deep/deep-raster.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';

const shallow: PointOperation<'invert'> = {
  op: 'invert',
  kind: 'point',
  channels: (input) => input,
  apply: invertRaster,
};

/** Every colour level v becomes 255 − v, of 16 bits 65535 − v; alpha stays. */
export const invert = pointInBoth(shallow, { apply: invertDeep });

function invertRaster(input: Raster): Raster {
  const { width, height, channels, data } = input;
  const output = unwrittenRaster(width, height, channels);
  // 16 bytes of mask repeat evenly for 1, 2 and 4 channels, and for 3 all bytes are alike: 255 flips, 0 keeps.
  const mask = new Uint8Array(4).map((_, index) => (keeps(channels, index) ? 0 : 255));
  const words = data.byteOffset % 4 === 0 ? data.length >>> 2 : 0;
  const from = new Int32Array(data.buffer, words === 0 ? 0 : data.byteOffset, words);
  const to = new Int32Array(output.data.buffer, 0, words);
  const flip = new Int32Array(mask.buffer)[0]!;
  for (let index = 0; index < words; index++) to[index] = from[index]! ^ flip;
  for (let index = words * 4; index < data.length; index++) output.data[index] = data[index]! ^ mask[index & 3]!;
  return output;
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
