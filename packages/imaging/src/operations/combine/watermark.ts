import type { OperationParams, Region, Size } from '@tessera/contracts';
import type { CombineOperation } from '../../operation.ts';
import type { Raster, Window } from '../../raster.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { compose, levelOfShare } from './compose.ts';
import { layerOnce, layerRepeated } from './layer.ts';
import { partSeen, patternSeen, placeAt, type Pattern } from './placing.ts';

/** How a mark is put on a picture. */
type Placement = Pick<OperationParams<'watermark'>, 'position' | 'margin' | 'repeat' | 'gap'>;

/** Another picture in its own pixels over this one, once or repeated; its transparency counts. */
export const watermark: CombineOperation<'watermark'> = {
  op: 'watermark',
  kind: 'combine',
  channels: colourfulChannels,
  wish: ({ image }) => ({ kind: 'image', image }),
  second: markSeen,
  apply: (input, { size, window }, region, picture, params) =>
    compose(input, markLayer(params, region, picture, size, window), undefined, levelOfShare(params.opacity)),
};

function patternOf({ position, margin, gap }: Placement, picture: Size, size: Size): Pattern {
  return { place: placeAt(position, size, picture, margin), size, gap };
}

/** What is seen of a mark in `region`. */
export function markSeen(placement: Placement, region: Region, picture: Size, size: Size): Region | undefined {
  const pattern = patternOf(placement, picture, size);
  return placement.repeat ? patternSeen(region, pattern) : partSeen(region, pattern.place, size);
}

/** The sheet over `region` on which the mark lies. */
export function markLayer(
  placement: Placement,
  region: Region,
  picture: Size,
  size: Size,
  window: Window | undefined,
): Raster {
  const pattern = patternOf(placement, picture, size);
  return placement.repeat ? layerRepeated(region, window, pattern) : layerOnce(region, window, pattern.place);
}
