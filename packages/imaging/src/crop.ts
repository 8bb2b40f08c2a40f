import type { Region } from '@tessera/contracts';
import { depthOf, type Raster, type Samples, type Window } from './raster.ts';
import { regionOf } from './region.ts';
import { unwrittenRaster } from './spare-memory.ts';

/** The pixels of a region out of a window that holds it; a new raster that owns its pixels. */
export function crop<S extends Samples>(window: Window<S>, region: Region): Raster<S> {
  const { raster } = window;
  const held = regionOf(window);
  const cropped = unwrittenRaster(region.width, region.height, raster.channels, depthOf(raster)) as Raster<S>;
  const samples = region.width * raster.channels;
  for (let row = 0; row < region.height; row++) {
    const from = ((region.y - held.y + row) * raster.width + region.x - held.x) * raster.channels;
    cropped.data.set(raster.data.subarray(from, from + samples), row * samples);
  }
  return cropped;
}
