import type { OperationParams } from '@tessera/contracts';
import { reflect101 } from '../../../border.ts';
import type { NeighbourhoodOperation } from '../../../operation.ts';
import { colourChannels } from '../../../raster.ts';
import { runScalar, type ScalarFilter } from '../../filter.ts';
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
    runScalar(input, region, picture, nonLocalMeansFilter(params, colourChannels(input.raster.channels))),
};

function halo({ template, search }: OperationParams<'non-local-means'>): number {
  return (template - 1) / 2 + (search - 1) / 2;
}

function nonLocalMeansFilter(params: OperationParams<'non-local-means'>, colours: number): ScalarFilter {
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
  };
}
