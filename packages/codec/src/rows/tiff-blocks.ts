import type { FileBytes } from '../scan/file-bytes.ts';
import { readDirectory, type TiffDirectory, type TiffLayout } from '../scan/tiff-directory.ts';

/** Blocks of a TIFF: its strips, or its rows of tiles. */
export interface TiffBlocks {
  readonly kind: 'tiff';
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly context: 0;
  /** Strips or tiles of a block. */
  readonly pieces: number;
  readonly tiled: boolean;
}

/** Tags of TIFF 6.0. */
export const TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
} as const;
/** None, LZW, JPEG, deflate (two numbers), PackBits: each piece is coded by itself. */
const SEPARATE: readonly number[] = [1, 5, 7, 8, 32_946, 32_773];
const JPEG = 7;
const YCBCR = 6;

/** Byte order and width of offsets, and the first directory. */
export function openTiff(file: FileBytes): { layout: TiffLayout; directory: TiffDirectory } {
  const littleEndian = file.text(0, 2) === 'II';
  const big = file.u16(2, littleEndian) === 43;
  const layout = { littleEndian, big };
  return {
    layout,
    directory: readDirectory(file, big ? file.u64(8, littleEndian) : file.u32(4, littleEndian), layout),
  };
}

/**
 * Finds the blocks of the first picture of a TIFF.
 *
 * @returns undefined where there is one block only, where samples are stored plane by plane, where the picture is turned.
 */
export function findTiffBlocks(file: FileBytes): TiffBlocks | undefined {
  const { directory } = openTiff(file);
  const number = (tag: number, missing: number): number => directory.number(tag) ?? missing;
  const width = number(TAG.width, 0);
  const height = number(TAG.height, 0);
  const tiled = directory.has(TAG.tileWidth);
  const rows = tiled ? number(TAG.tileHeight, 0) : number(TAG.rowsPerStrip, height);
  const compression = number(TAG.compression, 1);
  const possible =
    rows > 0 &&
    rows < height &&
    number(TAG.bitsPerSample, 1) >= 8 &&
    number(TAG.planarConfiguration, 1) === 1 &&
    number(TAG.orientation, 1) === 1 &&
    SEPARATE.includes(compression) &&
    (number(TAG.photometric, 0) !== YCBCR || compression === JPEG);
  if (!possible) return undefined;
  const pieces = tiled ? Math.ceil(width / number(TAG.tileWidth, 0)) : 1;
  const needed = pieces * Math.ceil(height / rows);
  const tags = tiled ? [TAG.tileOffsets, TAG.tileByteCounts] : [TAG.stripOffsets, TAG.stripByteCounts];
  const listed = tags.every((tag) => (directory.entry(tag)?.count ?? 0) >= needed);
  return listed ? { kind: 'tiff', width, height, rows, context: 0, pieces, tiled } : undefined;
}
