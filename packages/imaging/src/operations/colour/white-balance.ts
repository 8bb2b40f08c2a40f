import type { PointOperation } from '../../operation.ts';
import { mapChannels, tableOf } from '../level-table.ts';
import { colourfulChannels, withColours } from '../colour-matrix.ts';

/** Each colour times its factor, at most 255. A gray picture gets three colours. */
export const whiteBalance: PointOperation<'white-balance'> = {
  op: 'white-balance',
  kind: 'point',
  channels: colourfulChannels,
  apply: (input, { red, green, blue }) => {
    const times = (factor: number) => tableOf((level) => level * factor);
    return mapChannels(withColours(input), times(red), times(green), times(blue));
  },
};
