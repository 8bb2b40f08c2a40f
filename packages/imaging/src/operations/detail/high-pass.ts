import type { NeighbourhoodOperation } from '../../operation.ts';
import { mixWithDeepBlurred } from '../deep/deep-mix.ts';
import { PER_LEVEL } from '../deep/deep-raster.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { mixWithBlurred, sideOf, type Mix } from './mix-with-blurred.ts';

const shallow: NeighbourhoodOperation<'high-pass'> = {
  op: 'high-pass',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ sigma }) => (sideOf(sigma) - 1) / 2,
  apply: (input, region, picture, { sigma }) => mixWithBlurred(input, region, picture, sigma, aboveSurroundings),
};

/** What a level has more than the Gaussian of its surroundings, from middle gray (128) on. */
export const highPass = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { sigma }) =>
    mixWithDeepBlurred(input, region, picture, sigma, (level, blurred) => 128 * PER_LEVEL + level - blurred),
});

export const aboveSurroundings: Mix = {
  scalar: (level, blurred) => 128 + level - blurred,
  vector: ({ aboveBlurred }, source, blurred, target, bytes, masks) => {
    aboveBlurred(source, blurred, target, bytes, masks);
  },
};
