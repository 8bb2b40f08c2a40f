import type { Kernel } from '@tessera/contracts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepConvolution } from '../deep/deep-convolution.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { convolution } from '../convolution.ts';
import { runFilter } from '../filter.ts';
import { PLAIN } from '../finish.ts';

const shallow: NeighbourhoodOperation<'motion-blur'> = {
  op: 'motion-blur',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: ({ length }) => reachOf(length),
  apply: (input, region, picture, { length, angle }) =>
    runFilter(input, region, picture, convolution([lineKernel(length, angle)], PLAIN)),
};

/** The mean along a line through the pixel, mirrored borders. */
export const motionBlur = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture, { length, angle }) =>
    runDeepFilter(input, region, picture, deepConvolution([lineKernel(length, angle)], PLAIN)),
});

const reachOf = (length: number): number => Math.ceil((length - 1) / 2);

/**
 * A line of `length` pixels: as many points one pixel apart, each shared among the four pixels it lies between by how near
 * they are. Shares that are next to nothing are left out, so that right angles give plain lines.
 *
 * @param angle in degrees, from across, rising to the right.
 */
export function lineKernel(length: number, angle: number): Kernel {
  const reach = reachOf(length);
  const side = 2 * reach + 1;
  const weights = new Array<number>(side * side).fill(0);
  const [across, down] = [Math.cos((angle * Math.PI) / 180), -Math.sin((angle * Math.PI) / 180)];
  for (let n = 0; n < length; n++) {
    const along = n - (length - 1) / 2;
    const [x, y] = [reach + along * across, reach + along * down];
    for (const row of [Math.floor(y), Math.floor(y) + 1]) {
      for (const column of [Math.floor(x), Math.floor(x) + 1]) {
        const share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
        if (share > 1e-9) weights[row * side + column] = (weights[row * side + column] ?? 0) + share / length;
      }
    }
  }
  return { width: side, height: side, weights };
}
