import type { OperationParams } from '@tessera/contracts';
import { reflect101 } from '../../../border.ts';
import type { NeighbourhoodOperation } from '../../../operation.ts';
import { colourChannels } from '../../../raster.ts';
import { runFilter, type Filter } from '../../filter.ts';
import { tileArguments } from '../../tile.ts';
import { denoiseTile } from './denoise-tile.ts';
import { weightsOf } from './weights.ts';

/**
 * Non-local means (A. Buades, B. Coll and J.-M. Morel, 2005), as OpenCV's `fastNlMeansDenoising` computes it for pictures
 * of one and of three channels: squared differences are summed over all colours, and all colours have the same weights.
 */
export const nonLocalMeans: NeighbourhoodOperation<'non-local-means'> = {
  op: 'non-local-means',
  kind: 'neighbourhood',
  channels: (input) => input,
  halo,
  apply: (input, region, picture, params) =>
    runFilter(input, region, picture, nonLocalMeansFilter(params, colourChannels(input.raster.channels))),
};

function halo({ template, search }: OperationParams<'non-local-means'>): number {
  return (template - 1) / 2 + (search - 1) / 2;
}

/** The filter for pictures of 1 or 3 colours, with or without alpha. */
export function nonLocalMeansFilter(params: OperationParams<'non-local-means'>, colours: number): Filter {
  const reach = halo(params);
  const weights = weightsOf(params, colours);
  const radii = { template: (params.template - 1) / 2, search: (params.search - 1) / 2 };
  return {
    reach: { left: reach, right: reach, above: reach, below: reach },
    border: reflect101,
    outside: 0,
    targetChannels: (channels) => channels,
    tileSamples: 768,
    scalar: (tile) => {
      denoiseTile(tile, radii, weights);
    },
    vector: {
      // The table, sums of 8 bytes for each gray or 16 for each colour pixel of the padded tile, sums of columns and what they are made of.
      scratchBytes: ({ sourceRows, sourceStride: stride }) =>
        weights.table.byteLength + 16 + 8 * stride * sourceRows + 16 + 4 * (params.template + 1) * (stride + 4),
      run: ({ nonLocalMeans: run }, tile, scratch) => {
        const { table, shift } = weights;
        new Int32Array(scratch.buffer, scratch.byteOffset, table.length).set(table);
        const sums = (scratch.byteOffset + table.byteLength + 15) & ~15;
        run(...tileArguments(tile), radii.template, radii.search, shift, scratch.byteOffset, table.length, sums);
      },
    },
  };
}
