import { readSync } from 'node:fs';
import type { Depth } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** Bytes before the pixels of a libvips file. Source: libvips, `vips__write_header_bytes`. */
export const VIPS_HEADER_BYTES = 64;
/** The magic number of a file whose numbers are little-endian. */
const MAGIC = 'b6a6f208';
/** Band formats that are read: VIPS_FORMAT_UCHAR and VIPS_FORMAT_USHORT. */
const BAND_FORMATS: Readonly<Record<Depth, number>> = { 8: 0, 16: 2 };
const UNCODED = 0;

export interface VipsFile {
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly depth: Depth;
}

/**
 * Reads the header of a libvips file and checks that pixels of that size follow it, of 8 or 16 bits a sample.
 *
 * @throws AppError INTERNAL for another layout, SCRATCH_FULL for a file that was not written to its end.
 */
export function readVipsHeader(fd: number, size: number): VipsFile {
  const header = Buffer.alloc(VIPS_HEADER_BYTES);
  const got = readSync(fd, header, 0, VIPS_HEADER_BYTES, 0);
  const expected =
    got === VIPS_HEADER_BYTES &&
    header.toString('hex', 0, 4) === MAGIC &&
    Object.values(BAND_FORMATS).includes(header.readInt32LE(20)) &&
    header.readInt32LE(24) === UNCODED;
  if (!expected) throw new AppError('INTERNAL', { message: 'The decoded file has an unknown layout.' });
  const depth: Depth = header.readInt32LE(20) === BAND_FORMATS[16] ? 16 : 8;
  const file = { width: header.readInt32LE(4), height: header.readInt32LE(8), bands: header.readInt32LE(12), depth };
  if (size < VIPS_HEADER_BYTES + (file.width * file.height * file.bands * depth) / 8) {
    throw new AppError('SCRATCH_FULL', { details: { size, ...file } });
  }
  return file;
}

/**
 * What libvips takes colours for (`VipsInterpretation`): gray and RGB of 16 bits, and the same of 8. Samples of 8 bits that
 * are taken for those of 16 would come out darker.
 */
const SHALLOW_INTERPRETATIONS: ReadonlyMap<number, number> = new Map([
  [26, 1],
  [25, 22],
]);

/** The header of `source`'s file with another size, number of bands and depth. */
export function rewriteVipsHeader(source: Uint8Array, file: VipsFile): Uint8Array {
  const header = Buffer.from(source);
  header.writeInt32LE(file.width, 4);
  header.writeInt32LE(file.height, 8);
  header.writeInt32LE(file.bands, 12);
  header.writeInt32LE(BAND_FORMATS[file.depth], 20);
  const interpretation = header.readInt32LE(28);
  const shallow = SHALLOW_INTERPRETATIONS.get(interpretation) ?? interpretation;
  header.writeInt32LE(file.depth === 8 ? shallow : interpretation, 28);
  return header;
}
