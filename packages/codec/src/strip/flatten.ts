import { createRaster, type Raster } from '@tessera/imaging/raster';

/**
 * Lays the colours of a raster with alpha over white: `c·a/255 + 255·(255 − a)/255`, rounded to the nearest; integers
 * only, so that every machine agrees.
 */
export function flatten(raster: Raster): Raster {
  const { data, channels } = raster;
  const result = createRaster(raster.width, raster.height, channels - 1);
  let write = 0;
  for (let read = 0; read < data.length; read += channels) {
    const alpha = data[read + channels - 1]!;
    for (let c = 0; c < channels - 1; c += 1) {
      const sum = data[read + c]! * alpha + 255 * (255 - alpha);
      result.data[write] = Math.floor((sum + 127) / 255);
      write += 1;
    }
  }
  return result;
}
