import { AppError } from '@tessera/runtime/app-error';
import type { CogLayout } from './cog-layout.ts';
import type { PieceFacts } from './encode-piece.ts';
import { LEADER_BYTES, TRAILER_BYTES } from './frame-tiles.ts';
import { levelFields } from './level-fields.ts';
import { longs, longs8, type TiffField } from './tiff-field.ts';
import { placeTiles, type TilePlaces } from './tile-places.ts';
import { writeHeader } from './write-header.ts';

/** A part of the finished file: literal bytes, or the bytes `start … end - 1` of a piece. */
export type CogSegment = Uint8Array | { readonly piece: number; readonly start: number; readonly end: number };

export interface AssembledCog {
  /** The file is these one after another. */
  readonly segments: readonly CogSegment[];
  /** Length of the file. */
  readonly bytes: number;
  readonly isBigTiff: boolean;
}

const MAX_CLASSIC_BYTES = 2 ** 32 - 1;

/**
 * The finished file as a list of what to copy: nothing is decoded or encoded, and what is kept in memory are a few
 * numbers per tile. Tiles come smallest overview first, full size last.
 *
 * @throws AppError INTERNAL if the pieces are not exactly the tiles of the file, or not made for each other;
 *   OUTPUT_TOO_LARGE if a classic TIFF was asked for and can't hold them.
 */
export function assembleCog(layout: CogLayout, pieces: readonly PieceFacts[]): AssembledCog {
  const levels = placeTiles(layout, pieces);
  const tables = commonTables(layout, pieces);
  const data = dataSegments(levels);
  const isBigTiff =
    layout.bigTiff === 'auto' ? headerOf(layout, levels, tables, false).end > MAX_CLASSIC_BYTES : layout.bigTiff;
  const { header, end } = headerOf(layout, levels, tables, isBigTiff);
  if (!isBigTiff && end > MAX_CLASSIC_BYTES) throw new AppError('OUTPUT_TOO_LARGE');
  return { segments: [header, ...data], bytes: end, isBigTiff };
}

function commonTables(layout: CogLayout, pieces: readonly PieceFacts[]): Uint8Array | undefined {
  if (layout.compression !== 'jpeg') return undefined;
  const [first, ...others] = pieces.map(({ jpegTables }) => jpegTables && Buffer.from(jpegTables));
  if (first === undefined || others.some((other) => other === undefined || !first.equals(other))) {
    throw new AppError('INTERNAL', { message: 'The JPEG tiles were encoded with different tables.' });
  }
  return new Uint8Array(first);
}

/** The header, and where the file ends. */
function headerOf(layout: CogLayout, levels: readonly TilePlaces[], tables: Uint8Array | undefined, isBig: boolean) {
  const fixed = levels.map((_, level) => levelFields(layout, level, tables));
  const offsets = levels.map(({ sizes }) => new Float64Array(sizes.length));
  const write = () =>
    writeHeader(
      levels.map(({ sizes }, level) => [...fixed[level]!, offsetField(offsets[level]!, isBig), longs(325, sizes)]),
      isBig,
    );
  // The header is as long whatever the offsets are.
  let end = write().length;
  for (let level = levels.length - 1; level >= 0; level--) {
    for (const [tile, size] of levels[level]!.sizes.entries()) {
      offsets[level]![tile] = end + LEADER_BYTES;
      end += LEADER_BYTES + size + TRAILER_BYTES;
    }
  }
  return { header: write(), end };
}

function offsetField(offsets: Float64Array, isBig: boolean): TiffField {
  return isBig ? longs8(324, BigUint64Array.from(offsets, BigInt)) : longs(324, Uint32Array.from(offsets));
}

/** The frames of all tiles in the file's order; those that lie together in a piece are one segment. */
function dataSegments(levels: readonly TilePlaces[]): CogSegment[] {
  const segments: { readonly piece: number; readonly start: number; end: number }[] = [];
  for (const { sizes, pieces, starts } of levels.toReversed()) {
    for (const [tile, size] of sizes.entries()) {
      const [piece, start] = [pieces[tile]!, starts[tile]!];
      const end = start + LEADER_BYTES + size + TRAILER_BYTES;
      const last = segments.at(-1);
      if (last?.piece === piece && last.end === start) last.end = end;
      else segments.push({ piece, start, end });
    }
  }
  return segments;
}
