import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import type { CogLayout } from './cog-layout.ts';
import { encodeTile, type EncodeJpeg } from './encode-tile.ts';
import { fillNodata } from './fill-nodata.ts';
import { frameTiles } from './frame-tiles.ts';
import { halveBlock } from './halve-block.ts';
import { checkPieceRegion, tileSpans, type PieceRegion } from './piece-region.ts';

/** What is told of a piece to whoever assembles the file. */
export interface PieceFacts {
  readonly region: PieceRegion;
  /** Bytes of each encoded tile without its frame: levels from fine to coarse, in them planes, in them raster order. */
  readonly sizes: Uint32Array;
  /** Present for JPEG. */
  readonly jpegTables?: Uint8Array;
}

/** The tiles of a region, ready to be copied into the file. */
export interface CogPiece extends PieceFacts {
  /** The tiles in the order of `sizes`, each with its frame. */
  readonly bytes: Uint8Array;
  /** The region halved once more than it has levels, for whoever encodes the level after; absent after the last one. */
  readonly reduced?: RasterBlock;
}

/**
 * Encodes a region and the overviews that it finishes. `block` holds the region's samples, with all bands. Pure: the
 * same samples give the same bytes on any thread of any machine with the same zlib.
 */
export async function encodePiece(
  layout: CogLayout,
  region: PieceRegion,
  block: RasterBlock,
  encodeJpeg?: EncodeJpeg,
): Promise<CogPiece> {
  checkPieceRegion(layout, region);
  checkBlock(layout, region, block);
  const tiles: Uint8Array[] = [];
  const tables = new Map<string, Uint8Array>();
  let current = fillNodata(block, layout.nodata);
  for (const span of tileSpans(layout, region)) {
    if (span.level > region.level) current = halveBlock(current, layout);
    for (let plane = 0; plane < layout.planes; plane++) {
      for (let row = span.row; row < span.row + span.rows; row++) {
        for (let column = span.column; column < span.column + span.columns; column++) {
          const tile = await encodeTile(layout, current, { column, row, plane }, encodeJpeg);
          tiles.push(tile.bytes);
          if (tile.jpegTables) tables.set(Buffer.from(tile.jpegTables).toString('latin1'), tile.jpegTables);
        }
      }
    }
  }
  if (tables.size > 1)
    throw new AppError('INTERNAL', { message: 'The JPEG tiles were encoded with different tables.' });
  const [jpegTables] = tables.values();
  const isLast = region.level + region.levels === layout.levels.length;
  return {
    region,
    sizes: Uint32Array.from(tiles, ({ length }) => length),
    bytes: frameTiles(tiles),
    ...(jpegTables && { jpegTables }),
    ...(!isLast && { reduced: halveBlock(current, layout) }),
  };
}

function checkBlock(layout: CogLayout, region: PieceRegion, block: RasterBlock): void {
  const isRight =
    block.type === layout.type &&
    block.bands.length === layout.bands &&
    block.x === region.x &&
    block.y === region.y &&
    block.width === region.width &&
    block.height === region.height &&
    block.bands.every((band) => band.length === region.width * region.height);
  if (!isRight) throw new AppError('INTERNAL', { message: 'The samples are not those of the region.' });
}
