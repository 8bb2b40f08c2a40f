import type { OperationParams } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { mixWithBlurred, sideOf, type Mix } from './mix-with-blurred.ts';

/** `v + amount (v − blurred)`, amount in 1/256, rounded half up; where both differ by more than the threshold. */
export const unsharpMask: NeighbourhoodOperation<'unsharp-mask'> = {
  op: 'unsharp-mask',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ sigma }) => (sideOf(sigma) - 1) / 2,
  apply: (input, region, picture, params) => mixWithBlurred(input, region, picture, params.sigma, sharpening(params)),
};

/** What is added to levels that differ from their surroundings. */
export function sharpening({ amount, threshold }: Omit<OperationParams<'unsharp-mask'>, 'sigma'>): Mix {
  const factor = Math.round(2.56 * amount);
  return {
    scalar: (level, blurred) => {
      const difference = level - blurred;
      return Math.abs(difference) > threshold ? level + ((factor * difference + 128) >> 8) : level;
    },
    vector: ({ sharpenByBlurred }, source, blurred, target, bytes, masks) => {
      sharpenByBlurred(source, blurred, target, bytes, masks, factor, threshold);
    },
  };
}
