import type { OperationParams, Region, Size } from '@tessera/contracts';
import { replicate } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { recycle } from '../../spare-memory.ts';
import { boxFilter } from '../blur/box-blur.ts';
import { gaussianFilter } from '../blur/gaussian-blur.ts';
import { gaussianKernel } from '../blur/gaussian-kernel.ts';
import { adaptiveDeepThreshold } from '../deep/deep-adaptive-threshold.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { grayChannels, toGray } from '../colour/grayscale.ts';
import { mixRasters, type Mix } from '../detail/mix-with-blurred.ts';
import { pixelsOf } from '../distribution/histogram.ts';
import { runFilter } from '../filter.ts';

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
  const levels = pixelsOf(gray, region);
  const made = mixRasters(levels, mean, comparison(constant, type));
  recycle(mean);
  recycle(levels, gray.raster);
  recycle(gray.raster, input.raster);
  return made;
}

/** White or black where the level is above the mean less the constant, the other elsewhere. */
export function comparison(constant: number, type: OperationParams<'adaptive-threshold'>['type']): Mix {
  const inverse = type === 'binary-inverse';
  // Levels are integers: OpenCV rounds the constant so that what is equal is not white.
  const limit = inverse ? Math.floor(constant) : Math.ceil(constant);
  const flip = inverse ? 255 : 0;
  return {
    scalar: (level, mean) => (level + limit > mean ? 255 : 0) ^ flip,
    vector: ({ whiteAboveBlurred }, source, means, target, bytes, masks) => {
      whiteAboveBlurred(source, means, target, bytes, masks, limit, flip);
    },
  };
}
