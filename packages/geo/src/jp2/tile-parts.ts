import { corruptRaster } from '../raster/raster-error.ts';
import type { Span } from '../source/join-ranges.ts';
import type { HeaderPages } from '../tiff/header-pages.ts';
import { viewOf } from '../tiff/tiff-directory.ts';
import type { CodeStream } from './code-stream.ts';

const SOT = 0xff90;
const EOC = 0xffd9;
const SOT_BYTES = 12;
/** Parts that one tile may have. */
const MAX_PARTS = 255;

/**
 * Follows the chain of tile parts from one to the next.
 *
 * @returns for each tile where its parts are, in order.
 * @throws AppError CORRUPT_RASTER
 */
export async function findTileParts(
  pages: HeaderPages,
  { offset, length, headerBytes, across, down }: CodeStream,
  signal?: AbortSignal,
): Promise<readonly (readonly Span[])[]> {
  const tiles: Span[][] = Array.from({ length: across * down }, () => []);
  const end = offset + length;
  for (let at = offset + headerBytes; at + 2 <= end;) {
    const head = await pages.upTo(at, SOT_BYTES, signal);
    if (head.length >= 2 && viewOf(head).getUint16(0) === EOC) break;
    if (head.length < SOT_BYTES || viewOf(head).getUint16(0) !== SOT)
      throw corruptRaster('no tile where one should be');
    const tile = tiles[viewOf(head).getUint16(4)];
    // 0 is "to the end", where the end mark stands.
    const bytes = viewOf(head).getUint32(6) || end - 2 - at;
    if (tile === undefined || tile.length >= MAX_PARTS || bytes < SOT_BYTES + 2 || at + bytes > end)
      throw corruptRaster('a part of a tile that can not be');
    tile.push({ start: at, length: bytes });
    at += bytes;
  }
  return tiles;
}
