import type { OperationParams, Region } from '@tessera/contracts';
import { createRaster, type Raster, type Window } from '../../../raster.ts';
import { toGray } from '../../colour/grayscale.ts';
import { pixelsOf } from '../../distribution/histogram.ts';

/** 1 for each pixel of a region that belongs to an object, 0 for the background; one channel. */
export function objectMask(
  input: Window,
  region: Region,
  { level, objects }: OperationParams<'connected-components'>,
): Raster {
  const { data, channels } = toGray(pixelsOf(input, region));
  const mask = createRaster(region.width, region.height, 1);
  const bright = objects === 'bright' ? 1 : 0;
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += channels) {
    mask.data[pixel] = data[at]! > level ? bright : 1 - bright;
  }
  return mask;
}
