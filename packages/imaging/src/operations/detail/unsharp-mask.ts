import type { NeighbourhoodOperation } from '../../operation.ts';
import { mixWithBlurred, sideOf } from './mix-with-blurred.ts';

/** `v + amount (v − blurred)`, amount in 1/256, rounded half up; where both differ by more than the threshold. */
export const unsharpMask: NeighbourhoodOperation<'unsharp-mask'> = {
  op: 'unsharp-mask',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ sigma }) => (sideOf(sigma) - 1) / 2,
  apply: (input, region, picture, { sigma, amount, threshold }) => {
    const factor = Math.round(2.56 * amount);
    return mixWithBlurred(input, region, picture, sigma, (level, blurred) => {
      const difference = level - blurred;
      return Math.abs(difference) > threshold ? level + ((factor * difference + 128) >> 8) : level;
    });
  },
};
