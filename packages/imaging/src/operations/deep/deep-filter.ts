import type { Region, Size } from '@tessera/contracts';
import type { BorderRule } from '../../border.ts';
import { hasAlpha } from '../../raster.ts';
import { fillPadded, type Reach } from '../tile.ts';
import { createDeep, type DeepRaster, type DeepWindow } from './deep-raster.ts';

/** Rows of 16 bits that are computed at once, from rows that are padded as `Tile` tells; lengths are in samples. */
export interface DeepTile {
  readonly source: Uint16Array;
  readonly sourceStride: number;
  readonly target: Uint16Array;
  /** Samples of a target row: its rows lie one behind the other. */
  readonly samples: number;
  readonly rows: number;
  readonly channels: number;
}

/** A neighbourhood computation in 16 bits, in plain arithmetic. */
export interface DeepFilter {
  readonly reach: Reach;
  readonly border: BorderRule;
  /** The sample that stands where the border rule names no pixel. */
  readonly outside: number;
  run(tile: DeepTile): void;
}

/** Samples of a tile, and rows at least, so that what is computed at once stays in the cache and is mostly no padding. */
const TILE_SAMPLES = 1 << 18;
const TILE_ROWS = 32;
const ROWS_BY_REACH = 3;

/** Computes `region` in tiles of whole rows; the result's alpha is the input's. */
export function runDeepFilter(input: DeepWindow, region: Region, picture: Size, filter: DeepFilter): DeepRaster {
  const { channels } = input.raster;
  const { left, right, above, below } = filter.reach;
  const output = createDeep(region.width, region.height, channels);
  const samples = region.width * channels;
  const sourceStride = (region.width + left + right) * channels;
  const least = Math.max(TILE_ROWS, ROWS_BY_REACH * (above + below));
  const tileRows = Math.min(region.height, Math.max(least, Math.floor(TILE_SAMPLES / sourceStride)));
  const source = new Uint16Array(sourceStride * (tileRows + above + below));
  for (let y = 0; y < region.height; y += tileRows) {
    const rows = Math.min(tileRows, region.height - y);
    const padded = {
      x: region.x - left,
      y: region.y + y - above,
      width: region.width + left + right,
      height: rows + above + below,
    };
    fillPadded(source, sourceStride, padded, input, picture, filter.border, filter.outside);
    const target = output.data.subarray(y * samples, (y + rows) * samples);
    filter.run({ source, sourceStride, target, samples, rows, channels });
  }
  if (hasAlpha(channels)) copyDeepAlpha(input, region, output);
  return output;
}

/** Writes the input's alpha of `region` to the last channel of `output`, which has the region's size. */
export function copyDeepAlpha(input: DeepWindow, region: Region, output: DeepRaster): void {
  const from = input.raster;
  const [source, target] = [from.data, output.data];
  for (let y = 0; y < region.height; y++) {
    const row = (region.y - input.y + y) * from.width + (region.x - input.x);
    let at = row * from.channels + from.channels - 1;
    const end = (y + 1) * region.width * output.channels;
    for (let to = y * region.width * output.channels + output.channels - 1; to < end; to += output.channels) {
      target[to] = source[at]!;
      at += from.channels;
    }
  }
}
