import type { Region } from '@tessera/contracts';
import { createRaster, type Raster, type Window } from './raster.ts';
import { regionOf } from './region.ts';

/** The pixels of a region out of a window that holds it; a new raster that owns its pixels. */
export function crop(window: Window, region: Region): Raster {
  const { raster } = window;
  const held = regionOf(window);
  const cropped = createRaster(region.width, region.height, raster.channels);
  const bytes = region.width * raster.channels;
  for (let row = 0; row < region.height; row++) {
    const from = ((region.y - held.y + row) * raster.width + region.x - held.x) * raster.channels;
    cropped.data.set(raster.data.subarray(from, from + bytes), row * bytes);
  }
  return cropped;
}
