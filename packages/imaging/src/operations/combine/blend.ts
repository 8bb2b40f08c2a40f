import type { CombineOperation } from '../../operation.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { composeDeep } from '../deep/deep-compose.ts';
import { deepLayerOnce } from '../deep/deep-layer.ts';
import { combineInBoth } from '../deep/in-both-depths.ts';
import { compose } from './compose.ts';
import { layerOnce } from './layer.ts';
import { partSeen, placeAt } from './placing.ts';
import { fittedSize, scaledDeepOther, scaledNeeds, scaledOther } from './scaled.ts';

const shallow: CombineOperation<'blend'> = {
  op: 'blend',
  kind: 'combine',
  channels: colourfulChannels,
  wish: ({ image }) => ({ kind: 'image', image }),
  second: ({ position, fit }, region, picture, other) => {
    const size = fittedSize(fit, other, picture);
    return scaledNeeds(partSeen(region, placeAt(position, size, picture), size), other, size);
  },
  apply: (input, own, region, picture, { mode, opacity, position, fit }) => {
    const other = scaledOther(own, fittedSize(fit, own.size, picture));
    const place = placeAt(position, other.size, picture);
    return compose(input, region, {
      layer: (part) => layerOnce(part, other, place),
      mode,
      opacity,
    });
  },
};

/** Another picture, in its own pixels or fitted to this one, over it, mixed by a mode. Beside it nothing changes. */
export const blend = combineInBoth(shallow, {
  apply: (input, own, region, picture, { mode, opacity, position, fit }) => {
    const other = scaledDeepOther(own, fittedSize(fit, own.size, picture));
    const place = placeAt(position, other.size, picture);
    return composeDeep(input, region, { layer: (part) => deepLayerOnce(part, other, place), mode, opacity });
  },
});
