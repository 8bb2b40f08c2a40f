import type { PointOperation } from '../../operation.ts';
import { colourfulChannels, mixColours, type Row } from '../colour-matrix.ts';
import { blendWithIdentity } from './blend-with-identity.ts';

/** The luma of BT.601 times a colour, mixed with the colours that were there. */
export const tint: PointOperation<'tint'> = {
  op: 'tint',
  kind: 'point',
  channels: colourfulChannels,
  apply: (input, { colour, amount }) => {
    const shaded = (at: number): Row => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return [0.299 * share, 0.587 * share, 0.114 * share, 0];
    };
    return mixColours(input, blendWithIdentity([shaded(1), shaded(3), shaded(5)], amount / 100));
  },
};
