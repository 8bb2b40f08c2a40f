import { AppError } from '@tessera/runtime/app-error';
import type { OperationParams, Region, Size } from '@tessera/contracts';
import { crop } from '../../../crop.ts';
import type { GlobalOperation } from '../../../operation.ts';
import { createRaster, type Raster, type Window } from '../../../raster.ts';
import { lumaRaster, withLuma } from '../../colour/luma.ts';
import { equalizeDeepTiles } from '../../deep/deep-clahe.ts';
import { deepLuma } from '../../deep/deep-luma.ts';
import { observeDeepTiles, mergeDeepTiles } from '../../deep/deep-tiles.ts';
import { globalInBoth } from '../../deep/global-in-both.ts';
import { copyAlpha } from '../../run-tiles.ts';
import { equalizingTable } from './equalizing-table.ts';
import { interpolateTables } from './interpolate.ts';
import { tileAxes } from './tile-axis.ts';
import { mergeTiles, observeTiles } from './tile-histograms.ts';

const shallow: GlobalOperation<'clahe'> = {
  op: 'clahe',
  kind: 'global',
  channels: (input) => input,
  halo: () => 0,
  observe: (input, region, picture, params) =>
    observeTiles(lumaRaster(crop(input, region)).data, region, picture, tileAxes(picture, params)),
  merge,
  apply,
  within: (params, part, { width, height }) => ({
    ...params,
    across: Math.max(1, Math.round((params.across * part.width) / width)),
    down: Math.max(1, Math.round((params.down * part.height) / height)),
  }),
};

/**
 * Contrast limited adaptive histogram equalization (K. Zuiderveld, 1994), as OpenCV's `createCLAHE` computes it; of
 * colours the luma. Regions count the levels of the tiles that they reach, the merge makes a table of each tile, and each
 * region mixes the tables of the tiles around its pixels. The state is 256 levels for each tile.
 */
export const clahe = globalInBoth(shallow, {
  observe: (input, region, picture, params) =>
    observeDeepTiles(deepLuma(crop(input, region)).data, region, picture, tileAxes(picture, params)),
  merge: (partials, _grid, picture, params) => mergeDeepTiles(partials, tileAxes(picture, params)),
  apply: (input, region, _index, state, picture, params) => equalizeDeepTiles(input, region, state, picture, params),
});

function merge(
  partials: readonly Uint8Array[],
  _: unknown,
  picture: Size,
  params: OperationParams<'clahe'>,
): Uint8Array {
  const axes = tileAxes(picture, params);
  const area = axes.x.side * axes.y.side;
  const tables = mergeTiles(partials, axes).map((histogram) => equalizingTable(histogram, params.limit, area));
  const state = new Uint8Array(256 * tables.length);
  for (const [tile, table] of tables.entries()) state.set(table, 256 * tile);
  return state;
}

function apply(
  input: Window,
  region: Region,
  _: number,
  state: Uint8Array,
  picture: Size,
  params: OperationParams<'clahe'>,
): Raster {
  if (state.length !== 256 * params.across * params.down) {
    throw new AppError('STORE_CORRUPT', { details: { what: 'clahe state', bytes: state.length } });
  }
  const raster = crop(input, region);
  const levels = interpolateTables(lumaRaster(raster).data, region, tileAxes(picture, params), state);
  if (raster.channels >= 3) return withLuma(raster, levels);
  if (raster.channels === 1) return { ...raster, data: levels };
  const output = createRaster(region.width, region.height, 2);
  for (const [pixel, level] of levels.entries()) output.data[2 * pixel] = level;
  copyAlpha({ ...region, raster }, region, output);
  return output;
}
