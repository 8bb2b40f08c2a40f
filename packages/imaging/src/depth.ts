import type { Depth } from '@tessera/contracts';
import { createRaster, depthOf, isDeep, type Raster, type Samples } from './raster.ts';

/** What a level of 8 bits is times this, is the level of 16 bits that is as bright: white becomes white. */
const WIDER = 257;

/** The raster in another depth: of 16 bits the upper 8 are kept, as libvips does it; 8 are spread over all of 16. */
export function toDepth(raster: Raster<Samples>, depth: Depth): Raster<Samples> {
  if (depthOf(raster) === depth) return raster;
  return isDeep(raster) ? reduced(raster) : widened(raster as Raster);
}

/** The raster in 8 bits. */
export function toShallow(raster: Raster<Samples>): Raster {
  return isDeep(raster) ? reduced(raster) : (raster as Raster);
}

function reduced({ width, height, channels, data }: Raster<Uint16Array>): Raster {
  const result = createRaster(width, height, channels);
  for (let at = 0; at < data.length; at++) result.data[at] = data[at]! >> 8;
  return result;
}

function widened({ width, height, channels, data }: Raster): Raster<Uint16Array> {
  const result = createRaster(width, height, channels, 16);
  for (let at = 0; at < data.length; at++) result.data[at] = data[at]! * WIDER;
  return result;
}
