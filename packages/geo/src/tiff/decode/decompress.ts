import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { corruptRaster, unsupportedRaster } from '../../raster/raster-error.ts';
import { COMPRESSION } from '../tiff-tag.ts';
import { unpackLzw } from './lzw.ts';
import { unpackBits } from './pack-bits.ts';

const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);

/** The least that zlib takes. */
const MIN_CHUNK = 64;

/**
 * Decompresses a block.
 *
 * @param needed Bytes that the block must have; what comes after them is left out.
 * @param allowed Bytes that it may have at most.
 * @throws AppError CORRUPT_RASTER for damaged or short data, UNSUPPORTED_RASTER for zstd where this Node has none.
 */
export async function decompress(
  compression: number,
  bytes: Uint8Array,
  needed: number,
  allowed: number,
): Promise<Uint8Array> {
  const unpacked = await unpack(compression, bytes, needed, allowed);
  if (unpacked.length < needed) throw corruptRaster(`a block of ${unpacked.length} bytes instead of ${needed}`);
  return unpacked.length === needed ? unpacked : unpacked.subarray(0, needed);
}

async function unpack(compression: number, bytes: Uint8Array, needed: number, allowed: number): Promise<Uint8Array> {
  switch (compression) {
    case COMPRESSION.none:
      return bytes;
    case COMPRESSION.lzw:
      return unpackLzw(bytes, needed);
    case COMPRESSION.packBits:
      return unpackBits(bytes, needed);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      return guarded('deflate', () =>
        inflate(bytes, { maxOutputLength: allowed, chunkSize: Math.max(MIN_CHUNK, allowed) }),
      );
    case COMPRESSION.zstd:
      return unpackZstd(bytes, allowed);
    default:
      throw corruptRaster(`compression ${compression} of a block`);
  }
}

function unpackZstd(bytes: Uint8Array, allowed: number): Promise<Uint8Array> {
  // Missing before Node 22.15.
  const { zstdDecompress } = zlib as Partial<Pick<typeof zlib, 'zstdDecompress'>>;
  if (zstdDecompress === undefined) throw unsupportedRaster('Rasters compressed with zstd need Node 22.15 or newer.');
  const run = promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zstdDecompress);
  return guarded('zstd', () => run(bytes, { maxOutputLength: allowed }));
}

async function guarded(name: string, run: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await run();
  } catch (cause) {
    throw corruptRaster(`a block that is no ${name}`, cause);
  }
}
