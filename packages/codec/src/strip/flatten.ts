import { createRaster, depthOf, sampleMax, type Raster, type Samples } from '@tessera/imaging/raster';

/**
 * Lays the colours of a raster with alpha over white: `c·a/m + m·(m − a)/m`, m the largest sample, rounded to the
 * nearest; integers only, so that every machine agrees.
 */
export function flatten<S extends Samples>(raster: Raster<S>): Raster<S> {
  const { data, channels } = raster;
  const depth = depthOf(raster);
  const most = sampleMax(depth);
  const half = most >> 1;
  const result = createRaster(raster.width, raster.height, channels - 1, depth) as Raster<S>;
  let write = 0;
  for (let read = 0; read < data.length; read += channels) {
    const alpha = data[read + channels - 1]!;
    for (let c = 0; c < channels - 1; c += 1) {
      const sum = data[read + c]! * alpha + most * (most - alpha);
      result.data[write] = Math.floor((sum + half) / most);
      write += 1;
    }
  }
  return result;
}
