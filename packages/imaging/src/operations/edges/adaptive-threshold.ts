import type { OperationParams, Region, Size } from '@tessera/contracts';
import { replicate } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { recycle, unwrittenRaster } from '../../spare-memory.ts';
import { boxFilter } from '../blur/box-blur.ts';
import { gaussianFilter } from '../blur/gaussian-blur.ts';
import { gaussianKernel } from '../blur/gaussian-kernel.ts';
import { adaptiveDeepThreshold } from '../deep/deep-adaptive-threshold.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { grayChannels, toGray } from '../colour/grayscale.ts';
import { runFilter } from '../filter.ts';
import { copyAlpha } from '../run-tiles.ts';

const shallow: NeighbourhoodOperation<'adaptive-threshold'> = {
  op: 'adaptive-threshold',
  kind: 'neighbourhood',
  channels: grayChannels,
  halo: ({ block }) => (block - 1) / 2,
  apply,
};

/** The luma against the mean of its surroundings less a constant, as OpenCV's `adaptiveThreshold`; alpha stays. */
export const adaptiveThreshold = neighbourhoodInBoth(shallow, { apply: adaptiveDeepThreshold });

function apply(input: Window, region: Region, picture: Size, params: OperationParams<'adaptive-threshold'>): Raster {
  const { method, block, constant, type } = params;
  const gray = { ...input, raster: toGray(input.raster) };
  const mean =
    method === 'mean'
      ? runFilter(gray, region, picture, boxFilter(block, replicate))
      : runFilter(gray, region, picture, { ...gaussianFilter(gaussianKernel(block, 0)), border: replicate });
  const { channels } = mean;
  const inverse = type === 'binary-inverse';
  // Levels are integers: OpenCV rounds the constant so that what is equal is not white.
  const limit = inverse ? Math.floor(constant) : Math.ceil(constant);
  const output = unwrittenRaster(region.width, region.height, channels);
  for (let y = 0; y < region.height; y++) {
    let from = ((region.y - gray.y + y) * gray.raster.width + region.x - gray.x) * channels;
    const end = (y + 1) * region.width * channels;
    for (let at = y * region.width * channels; at < end; at += channels, from += channels) {
      const above = gray.raster.data[from]! - mean.data[at]! > -limit;
      output.data[at] = above === inverse ? 0 : 255;
    }
  }
  if (channels === 2) copyAlpha(gray, region, output);
  recycle(mean);
  recycle(gray.raster, input.raster);
  return output;
}
