import type { CombineOperation } from '../../operation.ts';
import { colourfulChannels } from '../colour-matrix.ts';
import { BLEND_MODES, tableOfMode } from './blend-modes.ts';
import { compose, levelOfShare } from './compose.ts';
import { layerOnce } from './layer.ts';
import { partSeen, placeAt } from './placing.ts';

/** Another picture in its own pixels over this one, mixed by a mode. Beside it nothing changes. */
export const blend: CombineOperation<'blend'> = {
  op: 'blend',
  kind: 'combine',
  channels: colourfulChannels,
  wish: ({ image }) => ({ kind: 'image', image }),
  second: ({ position }, region, picture, other) => partSeen(region, placeAt(position, other, picture), other),
  apply: (input, { size, window }, region, picture, { mode, opacity, position }) => {
    const layer = layerOnce(region, window, placeAt(position, size, picture));
    const table = mode === 'normal' ? undefined : tableOfMode(BLEND_MODES[mode]);
    return compose(input, layer, table, levelOfShare(opacity));
  },
};
