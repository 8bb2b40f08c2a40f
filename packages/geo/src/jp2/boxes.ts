import { corruptRaster } from '../raster/raster-error.ts';
import type { RasterLimits } from '../raster/raster-limits.ts';
import type { HeaderPages } from '../tiff/header-pages.ts';
import { toNumber } from '../tiff/tiff-header.ts';
import { viewOf } from '../tiff/tiff-directory.ts';

/** What is used of a JP2 file's boxes (ISO/IEC 15444-1, annex I). */
export interface Jp2Boxes {
  readonly codeStream: { readonly offset: number; readonly length: number };
  /** The small GeoTIFF of a GeoJP2 box. */
  readonly geoTiff: Uint8Array | undefined;
  /** The text of a GML box (GMLJP2). */
  readonly gml: string | undefined;
}

const MAX_BOXES = 256;
const GEO_JP2 = 'b14bf8bd083d4b43a5ae8cd7d5a6ce03';

/** Whether bytes begin like a JP2 file. */
export function isJp2(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 12)).toString('hex') === '0000000c6a5020200d0a870a';
}

/**
 * Goes through the boxes. The size of the file must be known if a box goes to its end.
 *
 * @throws AppError CORRUPT_RASTER
 */
export async function readBoxes(
  pages: HeaderPages,
  fileBytes: number | undefined,
  limits: RasterLimits,
  signal?: AbortSignal,
): Promise<Jp2Boxes> {
  let codeStream: Jp2Boxes['codeStream'] | undefined;
  let geoTiff: Uint8Array | undefined;
  let gml: string | undefined;
  let at = 0;
  for (let count = 0; count < MAX_BOXES; count += 1) {
    const head = await pages.upTo(at, 16, signal);
    if (head.length < 8) break;
    const view = viewOf(head);
    const [short, type] = [view.getUint32(0), Buffer.from(head.subarray(4, 8)).toString('latin1')];
    const isLong = short === 1 && head.length === 16;
    const start = at + (isLong ? 16 : 8);
    const end = isLong ? at + toNumber(view.getBigUint64(8)) : short === 0 ? fileBytes : at + short;
    if (end === undefined || end < start) throw corruptRaster('a box without an end');
    if (type === 'jp2c' && fileBytes !== undefined && end > fileBytes) throw corruptRaster('the file ends too early');
    const small = end - start <= limits.maxTagBytes;
    if (type === 'jp2c') codeStream ??= { offset: start, length: end - start };
    if (type === 'uuid' && small && end - start > 16) {
      const content = await pages.bytes(start, end - start, signal);
      if (Buffer.from(content.subarray(0, 16)).toString('hex') === GEO_JP2) geoTiff ??= content.slice(16);
    }
    if (type === 'asoc' && small) gml ??= gmlOf(await pages.bytes(start, end - start, signal));
    // What comes after the picture is looked at only where it is near: the end of a large file costs a read.
    if (codeStream !== undefined && (geoTiff !== undefined || gml !== undefined)) break;
    if (fileBytes !== undefined && end >= fileBytes) break;
    at = end;
  }
  if (codeStream === undefined) throw corruptRaster('a JP2 file without a picture');
  return { codeStream, geoTiff, gml };
}

/** Boxes within boxes hold it; it is known by its words. */
function gmlOf(content: Uint8Array): string | undefined {
  const text = Buffer.from(content).toString('utf8');
  return text.includes('gml.data') && text.includes('RectifiedGrid') ? text : undefined;
}
