import type { OperationParams } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { mixWithDeepBlurred } from '../deep/deep-mix.ts';
import { PER_LEVEL } from '../deep/deep-raster.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { mixWithBlurred, sideOf, type Mix } from './mix-with-blurred.ts';

const shallow: NeighbourhoodOperation<'unsharp-mask'> = {
  op: 'unsharp-mask',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ sigma }) => (sideOf(sigma) - 1) / 2,
  apply: (input, region, picture, params) => mixWithBlurred(input, region, picture, params.sigma, sharpening(params)),
};

/** `v + amount (v − blurred)`, amount in 1/256, rounded half up; where both differ by more than the threshold. */
export const unsharpMask = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, params) =>
    mixWithDeepBlurred(input, region, picture, params.sigma, sharpeningFrom(params, PER_LEVEL * params.threshold)),
});

const factorOf = (amount: number): number => Math.round(2.56 * amount);

/** The same for levels of any depth, as the threshold has it. */
function sharpeningFrom(
  { amount }: Pick<OperationParams<'unsharp-mask'>, 'amount'>,
  threshold: number,
): (level: number, blurred: number) => number {
  const factor = factorOf(amount);
  return (level, blurred) => {
    const difference = level - blurred;
    return Math.abs(difference) > threshold ? level + ((factor * difference + 128) >> 8) : level;
  };
}

/** What is added to levels that differ from their surroundings. */
export function sharpening({ amount, threshold }: Omit<OperationParams<'unsharp-mask'>, 'sigma'>): Mix {
  const factor = factorOf(amount);
  return {
    scalar: sharpeningFrom({ amount }, threshold),
    vector: ({ sharpenByBlurred }, source, blurred, target, bytes, masks) => {
      sharpenByBlurred(source, blurred, target, bytes, masks, factor, threshold);
    },
  };
}
