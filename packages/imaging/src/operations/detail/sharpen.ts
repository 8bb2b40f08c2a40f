import { reflect101 } from '../../border.ts';
import type { NeighbourhoodOperation } from '../../operation.ts';
import { deepConvolution } from '../deep/deep-convolution.ts';
import { runDeepFilter } from '../deep/deep-filter.ts';
import { neighbourhoodInBoth } from '../deep/in-both-depths.ts';
import { PLAIN } from '../finish.ts';
import { runFilter, type Filter } from '../filter.ts';
import { tileArguments, type Tile } from '../tile.ts';

const shallow: NeighbourhoodOperation<'sharpen'> = {
  op: 'sharpen',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo: () => 1,
  apply: (input, region, picture) => runFilter(input, region, picture, sharpenFilter),
};

/** The 3×3 filter with 9 in the middle and −1 around, mirrored borders, results cut to 0–255. */
export const sharpen = neighbourhoodInBoth(shallow, {
  apply: (input, region, picture) => runDeepFilter(input, region, picture, deepConvolution([KERNEL], PLAIN)),
});

const KERNEL = { width: 3, height: 3, weights: [-1, -1, -1, -1, 9, -1, -1, -1, -1] };

/** The filter itself. */
export const sharpenFilter: Filter = {
  reach: { left: 1, right: 1, above: 1, below: 1 },
  border: reflect101,
  outside: 0,
  targetChannels: (channels) => channels,
  tileSamples: 6144,
  scalar: sharpenTile,
  vector: {
    scratchBytes: ({ sourceStride: stride }) => 2 * stride,
    run: ({ sharpen: run }, tile, scratch) => {
      run(...tileArguments(tile), scratch.byteOffset);
    },
  },
};

/** Ten times the middle minus the sum of all nine is the same as nine times the middle minus the eight around it. */
function sharpenTile({ source, sourceStride, target, targetStride, samples, rows, channels }: Tile): void {
  const wide = samples + 2 * channels;
  const columns = new Int16Array(wide);
  for (let row = 0; row < rows; row++) {
    const first = row * sourceStride;
    const middle = first + sourceStride;
    const last = middle + sourceStride;
    for (let i = 0; i < wide; i++) columns[i] = source[first + i]! + source[middle + i]! + source[last + i]!;
    for (let i = 0; i < samples; i++) {
      const sum = columns[i]! + columns[i + channels]! + columns[i + 2 * channels]!;
      const value = 10 * source[middle + channels + i]! - sum;
      target[row * targetStride + i] = value < 0 ? 0 : value > 255 ? 255 : value;
    }
  }
}
