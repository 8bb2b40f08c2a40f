import type { Region, Size } from '@tessera/contracts';
import type { BorderRule } from '../border.ts';
import { createRaster, hasAlpha, type Raster, type Window } from '../raster.ts';
import { fillPadded, type Reach, type Tile } from './tile.ts';

/** A neighbourhood computation, told tile by tile. */
export interface TileFilter {
  readonly reach: Reach;
  readonly border: BorderRule;
  /** The sample that stands where the border rule names no pixel. */
  readonly outside: number;
  /** Channels of the target: as the source, or 1. */
  targetChannels(channels: number): number;
  /** Most samples of a source row that one tile should hold; chosen so that what is worked on stays in the cache. */
  readonly tileSamples: number;
  run(tile: Tile): void;
}

/** Gives the memory in which tiles are computed. */
export type Allocate = (bytes: number) => { readonly source: Uint8Array; readonly target: Uint8Array };

const TILE_ROWS = 256;
/** Bytes that may be read and written beyond the end of a row, by code that works on whole vectors. */
const SLACK = 64;

/** Memory of its own for each call. */
export const allocateArrays: Allocate = (bytes) => ({
  source: new Uint8Array(bytes),
  target: new Uint8Array(bytes),
});

/**
 * Computes `region` tile by tile, so that neither the padding nor the work space grows with the region. Filters treat
 * alpha as any other channel; the result's alpha is copied from the input afterwards.
 */
export function runTiles(input: Window, region: Region, picture: Size, filter: TileFilter, allocate: Allocate): Raster {
  const channels = input.raster.channels;
  const targetChannels = filter.targetChannels(channels);
  const output = createRaster(region.width, region.height, targetChannels);
  const { left, right, above, below } = filter.reach;
  const tileWidth = Math.min(region.width, Math.max(1, Math.floor(filter.tileSamples / channels)));
  const tileRows = Math.min(region.height, TILE_ROWS);
  const sourceStride = roundUp((tileWidth + left + right) * channels + SLACK);
  const targetStride = roundUp(tileWidth * targetChannels + SLACK);
  const { source, target } = allocate(Math.max(sourceStride, targetStride) * (tileRows + above + below) + SLACK);

  for (let y = 0; y < region.height; y += tileRows) {
    for (let x = 0; x < region.width; x += tileWidth) {
      const width = Math.min(tileWidth, region.width - x);
      const rows = Math.min(tileRows, region.height - y);
      const tile: Region = { x: region.x + x, y: region.y + y, width, height: rows };
      const padded = { x: tile.x - left, y: tile.y - above, width: width + left + right, height: rows + above + below };
      fillPadded(source, sourceStride, padded, input, picture, filter.border, filter.outside);
      const samples = width * targetChannels;
      filter.run({ source, sourceStride, target, targetStride, region: tile, picture, channels, samples, rows });
      for (let row = 0; row < rows; row++) {
        const line = target.subarray(row * targetStride, row * targetStride + samples);
        output.data.set(line, ((y + row) * region.width + x) * targetChannels);
      }
    }
  }
  if (hasAlpha(targetChannels) && targetChannels === channels) copyAlpha(input, region, output);
  return output;
}

/** Writes the input's alpha of `region` to the last channel of `output`, which has the region's size. */
export function copyAlpha(input: Window, region: Region, output: Raster): void {
  const from = input.raster;
  for (let y = 0; y < region.height; y++) {
    const row = (region.y - input.y + y) * from.width + (region.x - input.x);
    let source = row * from.channels + from.channels - 1;
    const end = (y + 1) * region.width * output.channels;
    for (let at = y * region.width * output.channels + output.channels - 1; at < end; at += output.channels) {
      output.data[at] = from.data[source]!;
      source += from.channels;
    }
  }
}

function roundUp(bytes: number): number {
  return (bytes + 15) & ~15;
}
