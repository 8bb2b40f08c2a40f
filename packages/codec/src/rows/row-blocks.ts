import type { FileBytes } from '../scan/file-bytes.ts';
import { findJpegBlocks, type JpegBlocks } from './jpeg-blocks.ts';
import { findTiffBlocks, type TiffBlocks } from './tiff-blocks.ts';

/**
 * Where the file of an upright picture can be cut into blocks of whole rows, top to bottom, each of which decodes
 * without those above it. All blocks but the last have `rows` rows.
 */
export type RowBlocks = JpegBlocks | TiffBlocks;

/**
 * Finds the blocks of a JPEG with restart markers or of a TIFF with several strips or rows of tiles.
 *
 * @returns undefined for all other files, which have to be decoded as a whole; files that are damaged are among them, so
 *   that decoding tells the damage.
 */
export function findRowBlocks(file: FileBytes): RowBlocks | undefined {
  try {
    const start = file.bytes(0, 4);
    if (start[0] === 0xff && start[1] === 0xd8) return findJpegBlocks(file);
    const order = start.toString('latin1', 0, 2);
    return order === 'II' || order === 'MM' ? findTiffBlocks(file) : undefined;
  } catch {
    return undefined;
  }
}

/** Number of blocks. */
export function blockCount({ height, rows }: RowBlocks): number {
  return Math.ceil(height / rows);
}
