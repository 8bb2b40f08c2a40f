import { corruptRaster, unsupportedRaster } from '../raster/raster-error.ts';
import type { HeaderPages } from './header-pages.ts';

/** How numbers are written in a TIFF. */
export interface TiffLayout {
  readonly littleEndian: boolean;
  /** BigTIFF: offsets and counts of 64 bits. */
  readonly big: boolean;
}

export interface TiffHeader extends TiffLayout {
  /** Offset of the first directory. */
  readonly first: number;
  /** Each tile is preceded by its number of bytes, and tiles follow each other row by row (GDAL's COGs). */
  readonly leaders: boolean;
}

/** Bytes after the header in which GDAL says how a COG is laid out. */
const GHOST_BYTES = 512;

/** Reads the first bytes of a TIFF and GDAL's remarks after them. */
export async function readTiffHeader(pages: HeaderPages, signal?: AbortSignal): Promise<TiffHeader> {
  const head = await pages.upTo(0, 16, signal);
  if (head.length < 4) throw notTiff();
  const mark = String.fromCharCode(head[0]!, head[1]!);
  if (mark !== 'II' && mark !== 'MM') throw notTiff();
  const littleEndian = mark === 'II';
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  const version = view.getUint16(2, littleEndian);
  if (version !== 42 && version !== 43) throw notTiff();
  if (head.length < 16) throw corruptRaster('the file ends within the header');
  const big = version === 43;
  if (big && (view.getUint16(4, littleEndian) !== 8 || view.getUint16(6, littleEndian) !== 0))
    throw corruptRaster('offsets are not of 8 bytes');
  const first = big ? toNumber(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian);
  if (first < (big ? 16 : 8)) throw corruptRaster('the first directory lies within the header');
  return { littleEndian, big, first, leaders: saysLeaders(await pages.upTo(big ? 16 : 8, GHOST_BYTES, signal)) };
}

function saysLeaders(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes);
  const size = /^GDAL_STRUCTURAL_METADATA_SIZE=(\d{6}) bytes\n/.exec(text);
  if (size === null) return false;
  const remarks = text.slice(size[0].length, size[0].length + Number(size[1]));
  return ['BLOCK_ORDER=ROW_MAJOR\n', 'BLOCK_LEADER=SIZE_AS_UINT4\n', 'KNOWN_INCOMPATIBLE_EDITION=NO\n'].every((line) =>
    remarks.includes(line),
  );
}

/** An offset or count of 64 bits. */
export function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw corruptRaster('a number beyond all files');
  return Number(value);
}

function notTiff(): Error {
  return unsupportedRaster('This is neither a TIFF nor a JPEG 2000 file.');
}
