import type { NeighbourhoodOperation } from '../../operation.ts';
import { mixWithBlurred, sideOf, type Mix } from './mix-with-blurred.ts';

/** What a level has more than the Gaussian of its surroundings, from middle gray (128) on. */
export const highPass: NeighbourhoodOperation<'high-pass'> = {
  op: 'high-pass',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ sigma }) => (sideOf(sigma) - 1) / 2,
  apply: (input, region, picture, { sigma }) => mixWithBlurred(input, region, picture, sigma, aboveSurroundings),
};

export const aboveSurroundings: Mix = {
  scalar: (level, blurred) => 128 + level - blurred,
  vector: ({ aboveBlurred }, source, blurred, target, bytes, masks) => {
    aboveBlurred(source, blurred, target, bytes, masks);
  },
};
