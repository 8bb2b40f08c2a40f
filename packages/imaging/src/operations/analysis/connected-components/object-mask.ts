import type { OperationParams, Region } from '@tessera/contracts';
import { createRaster, isDeep, type Raster, type Samples, type Window } from '../../../raster.ts';
import { toGray } from '../../colour/grayscale.ts';
import { toDeepGray } from '../../deep/deep-gray.ts';
import { PER_LEVEL, type DeepRaster } from '../../deep/deep-raster.ts';
import { pixelsOf } from '../../distribution/histogram.ts';

/** 1 for each pixel of a region that belongs to an object, 0 for the background; one channel. */
export function objectMask(
  input: Window<Samples>,
  region: Region,
  { level, objects }: OperationParams<'connected-components'>,
): Raster {
  const pixels = pixelsOf(input, region);
  if (isDeep(pixels)) return deepMask(toDeepGray(pixels), PER_LEVEL * level, objects);
  const { data, channels } = toGray(pixels as Raster);
  const mask = createRaster(region.width, region.height, 1);
  const bright = objects === 'bright' ? 1 : 0;
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += channels) {
    mask.data[pixel] = data[at]! > level ? bright : 1 - bright;
  }
  return mask;
}

function deepMask({ width, height, channels, data }: DeepRaster, level: number, objects: 'bright' | 'dark'): Raster {
  const mask = createRaster(width, height, 1);
  const bright = objects === 'bright' ? 1 : 0;
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += channels) {
    mask.data[pixel] = data[at]! > level ? bright : 1 - bright;
  }
  return mask;
}
