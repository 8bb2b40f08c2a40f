import { createRaster, type Raster } from '../raster.ts';
import type { PointOperation } from '../operation.ts';

/** Exchanges the first and the third channel of RGB and RGBA; gray pictures stay as they are. */
export const swapRedBlue: PointOperation<'swap-red-blue'> = {
  op: 'swap-red-blue',
  kind: 'point',
  channels: (input) => input,
  apply: swap,
};

function swap(input: Raster): Raster {
  const { width, height, channels, data } = input;
  if (channels < 3) return input;
  const output = createRaster(width, height, channels);
  const to = output.data;
  for (let index = 0; index < data.length; index += channels) {
    to[index] = data[index + 2]!;
    to[index + 1] = data[index + 1]!;
    to[index + 2] = data[index]!;
    if (channels === 4) to[index + 3] = data[index + 3]!;
  }
  return output;
}
