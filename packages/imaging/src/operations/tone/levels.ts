import type { PointOperation } from '../../operation.ts';
import { mapLevels, tableOf } from '../level-table.ts';

/**
 * `darkest + (brightest − darkest) s^(1 / gamma)`, where s goes from 0 at `black` to 1 at `white` and stays there. White
 * that is not above black makes a step just above black.
 */
export const levels: PointOperation<'levels'> = {
  op: 'levels',
  kind: 'point',
  channels: (input) => input,
  apply: (input, { black, white, gamma, darkest, brightest, channel }) => {
    const span = Math.max(1, white - black);
    const curve = (level: number): number => {
      const share = Math.min(1, Math.max(0, (level - black) / span));
      return darkest + (brightest - darkest) * share ** (1 / gamma);
    };
    return mapLevels(input, tableOf(curve), channel);
  },
};
