import type { Region, Size } from '@tessera/contracts';
import type { BorderRule } from '../border.ts';
import { hasAlpha, type Raster, type Window } from '../raster.ts';
import { unwrittenRaster } from '../spare-memory.ts';
import { fillPadded, type Reach, type Tile } from './tile.ts';

/** What a neighbourhood computation reads and gives. */
export interface TileShape {
  readonly reach: Reach;
  readonly border: BorderRule;
  /** The sample that stands where the border rule names no pixel. */
  readonly outside: number;
  /** Channels of the target: as the source, or 1. */
  targetChannels(channels: number): number;
  /** Most samples of a source row that one tile should hold; chosen so that what is worked on stays in the cache. */
  readonly tileSamples: number;
}

/** Memory in which tiles are computed, and how. */
export interface Workspace {
  /**
   * Areas of at least so many bytes for the sources and targets of all tiles; no source has more or longer rows than
   * told.
   */
  allocate(bytes: TileBytes): [source: Uint8Array, target: Uint8Array];
  run(tile: Tile): void;
}

/** What the largest tile takes. */
export interface TileBytes {
  readonly source: number;
  readonly target: number;
  readonly sourceRows: number;
  readonly sourceStride: number;
}

/** Rows of a tile, but several times as many as a filter reads above and below them. */
const TILE_ROWS = 64;
const ROWS_BY_REACH = 4;
/** Bytes that may be read and written beyond the end of a row, by code that works on whole vectors. */
const SLACK = 64;

/**
 * Computes `region` tile by tile, so that neither the padding nor the work space grows with the region. Filters treat
 * alpha as any other channel; the result's alpha is copied from the input afterwards.
 */
export function runTiles(input: Window, region: Region, picture: Size, shape: TileShape, workspace: Workspace): Raster {
  const channels = input.raster.channels;
  const targetChannels = shape.targetChannels(channels);
  const output = unwrittenRaster(region.width, region.height, targetChannels);
  const { left, right, above, below } = shape.reach;
  const tileWidth = Math.min(region.width, Math.max(1, Math.floor(shape.tileSamples / channels)));
  const tileRows = Math.min(region.height, Math.max(TILE_ROWS, ROWS_BY_REACH * (above + below)));
  const sourceStride = roundUp((tileWidth + left + right) * channels + SLACK);
  const targetStride = roundUp(tileWidth * targetChannels + SLACK);
  const sourceRows = tileRows + above + below;
  const [source, target] = workspace.allocate({
    source: sourceStride * sourceRows + SLACK,
    target: targetStride * tileRows + SLACK,
    sourceRows,
    sourceStride,
  });

  for (let y = 0; y < region.height; y += tileRows) {
    for (let x = 0; x < region.width; x += tileWidth) {
      const width = Math.min(tileWidth, region.width - x);
      const rows = Math.min(tileRows, region.height - y);
      const tile: Region = { x: region.x + x, y: region.y + y, width, height: rows };
      const padded = { x: tile.x - left, y: tile.y - above, width: width + left + right, height: rows + above + below };
      fillPadded(source, sourceStride, padded, input, picture, shape.border, shape.outside);
      const samples = width * targetChannels;
      workspace.run({ source, sourceStride, target, targetStride, region: tile, picture, channels, samples, rows });
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
