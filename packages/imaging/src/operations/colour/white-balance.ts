import type { PointOperation } from '../../operation.ts';
import { withDeepColours } from '../deep/deep-colour-matrix.ts';
import { mapDeepChannels } from '../deep/deep-table.ts';
import { pointInBoth } from '../deep/in-both-depths.ts';
import { mapChannels, tableOf } from '../level-table.ts';
import { colourfulChannels, withColours } from '../colour-matrix.ts';

const shallow: PointOperation<'white-balance'> = {
  op: 'white-balance',
  kind: 'point',
  channels: colourfulChannels,
  apply: (input, { red, green, blue }) => {
    const times = (factor: number) => tableOf((level) => level * factor);
    return mapChannels(withColours(input), times(red), times(green), times(blue));
  },
};

/** Each colour times its factor, cut off. A gray picture gets three colours. */
export const whiteBalance = pointInBoth(shallow, {
  apply: (input, { red, green, blue }) => {
    const times =
      (factor: number) =>
      (level: number): number =>
        level * factor;
    return mapDeepChannels(withDeepColours(input), times(red), times(green), times(blue));
  },
});
