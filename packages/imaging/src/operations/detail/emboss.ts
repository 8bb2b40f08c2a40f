import type { Kernel } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepConvolution } from '../deep/deep-convolution.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';
import { PLAIN } from '../finish.ts';

const shallow: NeighbourhoodOperation<'emboss'> = {
  op: 'emboss',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: () => 1,
  apply: (input, region, picture, { light, strength }) =>
    runFilter(input, region, picture, convolution([reliefKernel(light, strength)], PLAIN)),
};

/** The pixel itself, and the slope of its eight neighbours towards the light; mirrored borders. */
export const emboss = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { light, strength }) =>
    runDeepFilter(input, region, picture, deepConvolution([reliefKernel(light, strength)], PLAIN)),
});

/** Places around the middle by their angle, from the right against the clock. */
const AROUND = [5, 2, 1, 0, 3, 6, 7, 8] as const;
/** Weights around the middle, from where the light comes. */
const SLOPE = [-2, -1, 0, 1, 2, 1, 0, -1] as const;

/** With light from above left: −2 −1 0 / −1 1 1 / 0 1 2, the slope times `strength`. */
export function reliefKernel(light: number, strength: number): Kernel {
  const weights = new Array<number>(9).fill(0);
  weights[4] = 1;
  for (const [turn, place] of AROUND.entries()) weights[place] = SLOPE[(turn - light / 45 + 8) % 8]! * strength;
  return { width: 3, height: 3, weights };
}
