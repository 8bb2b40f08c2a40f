import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { CombineOperation } from '../../operation.ts';
import type { OtherSource } from '../../pass/other-pictures.ts';
import type { Raster } from '../../raster.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { composeDeep } from '../deep/deep-compose.ts';
import { deepLayerOnce, deepLayerRepeated, type DeepSource } from '../deep/deep-layer.ts';
import type { DeepRaster } from '../deep/deep-raster.ts';
import { combineInBoth } from '../deep/in-both-depths.ts';
import { compose } from './compose.ts';
import { layerOnce, layerRepeated } from './layer.ts';
import { partSeen, patternSeen, placeAt, type Pattern } from './placing.ts';
import { markSize, scaledDeepOther, scaledNeeds, scaledOther } from './scaled.ts';

/** How a mark is put on a picture. */
type Placement = Pick<OperationParams<'watermark'>, 'position' | 'margin' | 'repeat' | 'gap'>;

const shallow: CombineOperation<'watermark'> = {
  op: 'watermark',
  kind: 'combine',
  channels: colourfulChannels,
  wish: ({ image }) => ({ kind: 'image', image }),
  second: (params, region, picture, other) => {
    const size = markSize(params.width, params.repeat, other, picture);
    return scaledNeeds(markSeen(params, region, picture, size), other, size);
  },
  apply: (input, own, region, picture, params) => {
    const mark = scaledOther(own, markSize(params.width, params.repeat, own.size, picture));
    return compose(input, region, { layer: markLayer(params, picture, mark), mode: 'normal', opacity: params.opacity });
  },
};

/** Another picture, in its own pixels or as wide as a share of this one, over it, once or repeated; its transparency counts. */
export const watermark = combineInBoth(shallow, {
  apply: (input, own, region, picture, params) => {
    const mark = scaledDeepOther(own, markSize(params.width, params.repeat, own.size, picture));
    const layer = deepMarkLayer(params, picture, mark);
    return composeDeep(input, region, { layer, mode: 'normal', opacity: params.opacity });
  },
});

function patternOf({ position, margin, gap }: Placement, picture: Size, size: Size): Pattern {
  return { place: placeAt(position, size, picture, margin), size, gap };
}

/** What is seen of a mark in `region`. */
export function markSeen(placement: Placement, region: Region, picture: Size, size: Size): Region | undefined {
  const pattern = patternOf(placement, picture, size);
  return placement.repeat ? patternSeen(region, pattern) : partSeen(region, pattern.place, size);
}

/** The sheet on which the mark lies, part by part. */
export function markLayer(placement: Placement, picture: Size, mark: OtherSource): (part: Region) => Raster {
  const pattern = patternOf(placement, picture, mark.size);
  return (part) => (placement.repeat ? layerRepeated(part, mark, pattern) : layerOnce(part, mark, pattern.place));
}

/** The same in 16 bits. */
export function deepMarkLayer(placement: Placement, picture: Size, mark: DeepSource): (part: Region) => DeepRaster {
  const pattern = patternOf(placement, picture, mark.size);
  return (part) =>
    placement.repeat ? deepLayerRepeated(part, mark, pattern) : deepLayerOnce(part, mark, pattern.place);
}
