import { AppError } from '@tessera/runtime/app-error';
import type { CogLayout } from './cog-layout.ts';
import type { PieceFacts } from './encode-piece.ts';
import { LEADER_BYTES, TRAILER_BYTES } from './frame-tiles.ts';
import { checkPieceRegion, tileCount, tileSpans } from './piece-region.ts';

/** Where the tiles of one level are: planes, in them raster order. */
export interface TilePlaces {
  /** Bytes of the tile without its frame. */
  readonly sizes: Uint32Array;
  /** Index of the piece that holds it. */
  readonly pieces: Uint32Array;
  /** Offset of its frame in the piece. */
  readonly starts: Float64Array;
}

const NO_PIECE = 0xffff_ffff;

/** @throws AppError INTERNAL if the pieces are not exactly the tiles of the file. */
export function placeTiles(layout: CogLayout, pieces: readonly PieceFacts[]): TilePlaces[] {
  const levels = layout.levels.map(({ columns, rows }) => {
    const tiles = columns * rows * layout.planes;
    return {
      sizes: new Uint32Array(tiles),
      pieces: new Uint32Array(tiles).fill(NO_PIECE),
      starts: new Float64Array(tiles),
    };
  });
  for (const [index, piece] of pieces.entries()) placePiece(layout, levels, piece, index);
  if (levels.some((level) => level.pieces.includes(NO_PIECE))) {
    throw new AppError('INTERNAL', { message: 'Tiles of the GeoTIFF are missing.' });
  }
  return levels;
}

function placePiece(layout: CogLayout, levels: readonly TilePlaces[], piece: PieceFacts, index: number): void {
  checkPieceRegion(layout, piece.region);
  if (piece.sizes.length !== tileCount(layout, piece.region)) {
    throw new AppError('INTERNAL', { message: 'A piece of the GeoTIFF has another number of tiles than it should.' });
  }
  let [next, start] = [0, 0];
  for (const span of tileSpans(layout, piece.region)) {
    const { columns, rows } = layout.levels[span.level]!;
    const places = levels[span.level]!;
    for (let plane = 0; plane < layout.planes; plane++) {
      for (let row = span.row; row < span.row + span.rows; row++) {
        const first = (plane * rows + row) * columns + span.column;
        for (let tile = first; tile < first + span.columns; tile++) {
          if (places.pieces[tile] !== NO_PIECE) {
            throw new AppError('INTERNAL', { message: 'A tile of the GeoTIFF was made twice.' });
          }
          const size = piece.sizes[next++]!;
          places.sizes[tile] = size;
          places.pieces[tile] = index;
          places.starts[tile] = start;
          start += LEADER_BYTES + size + TRAILER_BYTES;
        }
      }
    }
  }
}
