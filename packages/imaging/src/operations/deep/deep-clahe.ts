import type { OperationParams, Region, Size } from '@tessera/contracts';
import { partOfCell } from '../../components/cell-table.ts';
import { crop } from '../../crop.ts';
import { roundHalfEven } from '../distribution/round-half-even.ts';
import { spreadLevels } from '../tone/clahe/equalizing-table.ts';
import { between } from '../tone/clahe/interpolate.ts';
import { tileAxes } from '../tone/clahe/tile-axis.ts';
import { copyDeepAlpha } from './deep-filter.ts';
import { decodeDeepHistogram, DEEP_LEVELS } from './deep-histogram.ts';
import { deepLuma, withDeepLuma } from './deep-luma.ts';
import { createDeep, type DeepRaster, type DeepWindow } from './deep-raster.ts';
import type { DeepTable } from './deep-table.ts';

/**
 * As for 8 bits, see `clahe`. The state has the tiles' histograms, of which most levels are empty, and not their tables: each
 * region makes those of the tiles that it reaches.
 */
export function equalizeDeepTiles(
  input: DeepWindow,
  region: Region,
  state: Uint8Array,
  picture: Size,
  params: OperationParams<'clahe'>,
): DeepRaster {
  const raster = crop(input, region);
  const levels = interpolate(deepLuma(raster).data, region, picture, params, state);
  if (raster.channels >= 3) return withDeepLuma(raster, levels);
  if (raster.channels === 1) return { ...raster, data: levels };
  const output = createDeep(region.width, region.height, 2);
  for (const [pixel, level] of levels.entries()) output.data[2 * pixel] = level;
  copyDeepAlpha({ ...region, raster }, region, output);
  return output;
}

function interpolate(
  plane: Uint16Array,
  region: Region,
  picture: Size,
  params: OperationParams<'clahe'>,
  state: Uint8Array,
): Uint16Array {
  const { fround } = Math;
  const { x, y } = tileAxes(picture, params);
  const across = between(x, region.x, region.width);
  const down = between(y, region.y, region.height);
  const tables = new Map<number, DeepTable>();
  const tableOf = (tile: number): DeepTable => {
    const table = tables.get(tile) ?? tableOfTile(state, tile, params.limit, x.side * y.side);
    tables.set(tile, table);
    return table;
  };
  const output = new Uint16Array(plane.length);
  let row = -1;
  let [upper, lower]: [DeepTable[], DeepTable[]] = [[], []];
  for (let line = 0, at = 0; line < region.height; line++) {
    const [above, below] = [down.first[line]! * x.tiles, down.second[line]! * x.tiles];
    if (above + below !== row) {
      // Tables are kept for as long as rows lie between the same tiles.
      for (const tile of tables.keys()) if (tile < above) tables.delete(tile);
      const of = (first: number): DeepTable[] => {
        const made: DeepTable[] = [];
        for (let n = across.first[0]!; n <= across.second.at(-1)!; n++) made[n] = tableOf(first + n);
        return made;
      };
      [upper, lower] = [of(above), of(below)];
      row = above + below;
    }
    const [ofUpper, ofLower] = [down.ofFirst[line]!, down.ofSecond[line]!];
    for (let column = 0; column < region.width; column++, at++) {
      const level = plane[at]!;
      const [left, right] = [across.first[column]!, across.second[column]!];
      const [ofLeft, ofRight] = [across.ofFirst[column]!, across.ofSecond[column]!];
      const top = fround(fround(upper[left]![level]! * ofLeft) + fround(upper[right]![level]! * ofRight));
      const bottom = fround(fround(lower[left]![level]! * ofLeft) + fround(lower[right]![level]! * ofRight));
      output[at] = roundHalfEven(fround(fround(top * ofUpper) + fround(bottom * ofLower)));
    }
  }
  return output;
}

/** @throws AppError STORE_CORRUPT if the state has no such tile. */
function tableOfTile(state: Uint8Array, tile: number, limit: number, area: number): DeepTable {
  const table = new Uint16Array(DEEP_LEVELS);
  spreadLevels(decodeDeepHistogram(partOfCell(state, tile, 'clahe state of 16 bits')), limit, area, table);
  return table;
}
