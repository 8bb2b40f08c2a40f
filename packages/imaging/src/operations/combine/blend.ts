import type { CombineOperation } from '../../operation.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { composeDeep } from '../deep/deep-compose.ts';
import { deepLayerOnce } from '../deep/deep-layer.ts';
import { combineInBoth } from '../deep/in-both-depths.ts';
import { compose } from './compose.ts';
import { layerOnce } from './layer.ts';
import { partSeen, placeAt } from './placing.ts';

const shallow: CombineOperation<'blend'> = {
  op: 'blend',
  kind: 'combine',
  channels: colourfulChannels,
  wish: ({ image }) => ({ kind: 'image', image }),
  second: ({ position }, region, picture, other) => partSeen(region, placeAt(position, other, picture), other),
  apply: (input, other, region, picture, { mode, opacity, position }) => {
    const place = placeAt(position, other.size, picture);
    return compose(input, region, {
      layer: (part) => layerOnce(part, other, place),
      mode,
      opacity,
    });
  },
};

/** Another picture in its own pixels over this one, mixed by a mode. Beside it nothing changes. */
export const blend = combineInBoth(shallow, {
  apply: (input, other, region, picture, { mode, opacity, position }) => {
    const place = placeAt(position, other.size, picture);
    return composeDeep(input, region, { layer: (part) => deepLayerOnce(part, other, place), mode, opacity });
  },
});
