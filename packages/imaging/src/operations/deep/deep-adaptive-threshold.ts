import type { OperationParams, Region, Size } from '@tessera/contracts';
import { replicate } from '../../border.ts';
import { hasAlpha } from '../../raster.ts';
import { deepBoxFilter } from './deep-box.ts';
import { copyDeepAlpha, runDeepFilter } from './deep-filter.ts';
import { deepGaussianFilter } from './deep-gaussian.ts';
import { toDeepGray } from './deep-gray.ts';
import { createDeep, MOST, PER_LEVEL, type DeepRaster, type DeepWindow } from './deep-raster.ts';

/** As for 8 bits; the constant is told in levels of these. */
export function adaptiveDeepThreshold(
  input: DeepWindow,
  region: Region,
  picture: Size,
  { method, block, constant, type }: OperationParams<'adaptive-threshold'>,
): DeepRaster {
  const gray = { ...input, raster: toDeepGray(input.raster) };
  const filter = method === 'mean' ? deepBoxFilter(block, replicate) : deepGaussianFilter(block, 0, replicate);
  const mean = runDeepFilter(gray, region, picture, filter);
  const { channels } = mean;
  const inverse = type === 'binary-inverse';
  const limit = inverse ? Math.floor(PER_LEVEL * constant) : Math.ceil(PER_LEVEL * constant);
  const output = createDeep(region.width, region.height, channels);
  for (let y = 0; y < region.height; y++) {
    let from = ((region.y - gray.y + y) * gray.raster.width + region.x - gray.x) * channels;
    const end = (y + 1) * region.width * channels;
    for (let at = y * region.width * channels; at < end; at += channels, from += channels) {
      const above = gray.raster.data[from]! - mean.data[at]! > -limit;
      output.data[at] = above === inverse ? 0 : MOST;
    }
  }
  if (hasAlpha(channels)) copyDeepAlpha(gray, region, output);
  return output;
}
