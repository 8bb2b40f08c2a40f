import { AppError } from '@tessera/runtime/app-error';
import type { CogLayout } from './cog-layout.ts';
import type { PieceFacts } from './encode-piece.ts';
import { tileCount, type PieceRegion } from './piece-region.ts';

/** The facts of a piece as they stand in a receipt. */
export interface PieceRecord {
  /** Sizes of the tiles as little-endian 32-bit numbers, base64. */
  readonly sizes: string;
  /** Base64. */
  readonly jpegTables?: string;
}

/** What to write down of a piece, so that its file can be assembled elsewhere; the region is in the plan. */
export function pieceRecord({ sizes, jpegTables }: PieceFacts): PieceRecord {
  return {
    sizes: base64(new Uint8Array(sizes.buffer, sizes.byteOffset, sizes.byteLength)),
    ...(jpegTables && { jpegTables: base64(jpegTables) }),
  };
}

/**
 * The facts of a piece from what was written down.
 *
 * @throws AppError STORE_CORRUPT if it has not as many tiles as the region.
 */
export function pieceFacts(layout: CogLayout, region: PieceRegion, record: PieceRecord): PieceFacts {
  const bytes = new Uint8Array(Buffer.from(record.sizes, 'base64'));
  if (bytes.length !== 4 * tileCount(layout, region)) throw new AppError('STORE_CORRUPT', { details: { region } });
  return {
    region,
    sizes: new Uint32Array(bytes.buffer),
    ...(record.jpegTables !== undefined && { jpegTables: new Uint8Array(Buffer.from(record.jpegTables, 'base64')) }),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
