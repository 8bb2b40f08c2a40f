import { corruptRaster } from '../raster/raster-error.ts';
import type { Span } from '../source/join-ranges.ts';
import { blockShape } from './decode/block-shape.ts';
import type { HeaderPages } from './header-pages.ts';
import { numbersOf } from './tag-reader.ts';
import type { TiffEntry } from './tiff-directory.ts';
import type { TiffImage } from './tiff-image.ts';
import { COMPRESSION } from './tiff-tag.ts';

/** Blocks of columns and rows `from … to - 1` of the grid. */
export interface BlockRange {
  readonly columns: { readonly from: number; readonly to: number };
  readonly rows: { readonly from: number; readonly to: number };
}

/** Where a block is in its grid, and in the file; a sparse block is nowhere and has no length. */
export interface FoundBlock extends Span {
  readonly column: number;
  readonly row: number;
  readonly plane: number;
}

/** A compressed block may be larger than its samples, but not by more than this. */
const mostStored = (bytes: number): number => bytes * 2 + 64 * 1024;

/**
 * Looks up where blocks are stored.
 *
 * @throws AppError CORRUPT_RASTER for blocks that can not be where they are said to be.
 */
export async function findBlocks(
  pages: HeaderPages,
  image: TiffImage,
  { columns, rows }: BlockRange,
  planes: readonly number[],
  signal?: AbortSignal,
): Promise<FoundBlock[]> {
  const found: FoundBlock[] = [];
  const across = columns.to - columns.from;
  for (const plane of planes) {
    for (let row = rows.from; row < rows.to; row += 1) {
      if (image.chopped) {
        found.push(await choppedBlock(pages, image, row, plane, signal));
        continue;
      }
      const first = (plane * image.down + row) * image.across + columns.from;
      const offsets = await entryNumbers(pages, image, image.offsets, first, across, signal);
      const counts = image.counts && (await entryNumbers(pages, image, image.counts, first, across, signal));
      offsets.forEach((start, i) => {
        const length = storedLength(image, row, start, counts?.[i]);
        found.push({ column: columns.from + i, row, plane, start, length });
      });
    }
  }
  return found;
}

function storedLength(image: TiffImage, row: number, start: number, count: number | undefined): number {
  const { rowBytes, rows } = blockShape(image, row);
  if (image.compression === COMPRESSION.none) {
    if (start === 0 || count === 0) return 0;
    if (count !== undefined && count < rowBytes * rows) throw corruptRaster('an uncompressed block that is too short');
    return rowBytes * rows;
  }
  if (start === 0 || count === undefined) return 0;
  if (count > mostStored(rowBytes * image.block.height)) throw corruptRaster(`a block of ${count} stored bytes`);
  return count;
}

/** Some rows of the one strip that holds the whole plane. */
async function choppedBlock(
  pages: HeaderPages,
  image: TiffImage,
  row: number,
  plane: number,
  signal: AbortSignal | undefined,
): Promise<FoundBlock> {
  const [start = 0] = await entryNumbers(pages, image, image.offsets, plane, 1, signal);
  const { rowBytes, rows } = blockShape(image, row);
  const place = { column: 0, row, plane };
  return start === 0
    ? { ...place, start, length: 0 }
    : { ...place, start: start + row * image.block.height * rowBytes, length: rowBytes * rows };
}

async function entryNumbers(
  pages: HeaderPages,
  { littleEndian }: TiffImage,
  { type, size, offset }: TiffEntry,
  first: number,
  count: number,
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const bytes = await pages.bytes(offset + first * size, count * size, signal);
  return numbersOf(bytes, type, littleEndian);
}
