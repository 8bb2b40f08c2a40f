import { AppError } from '@tessera/runtime/app-error';
import { corruptRaster } from '../../raster/raster-error.ts';
import { COMPRESSION } from '../tiff-tag.ts';
import { unpackLzw } from './lzw.ts';
import { unpackBits } from './pack-bits.ts';

/**
 * Decompressors of the machine that reads: zlib in Node, streams of the browser on a page. Each gives all bytes, fails on
 * damaged ones, and fails rather than giving more than `allowed`. Where the first `wanted` bytes are enough it may give no
 * more, and then does not see what is damaged behind them.
 */
export interface Unpack {
  readonly deflate: (bytes: Uint8Array, allowed: number, wanted: number) => Promise<Uint8Array>;
  /** The same at once, where the calling thread is for that; what it gives lasts until the next call. */
  readonly inflate?: (bytes: Uint8Array, allowed: number, wanted: number) => Uint8Array;
  readonly zstd: (bytes: Uint8Array, allowed: number, wanted: number) => Promise<Uint8Array>;
}

/**
 * Decompresses the beginning of a block; a promise only where that is done elsewhere. What is given at once lasts until
 * the next call.
 *
 * @param needed Bytes that it must have at least; what comes after them is left out.
 * @param allowed Bytes that it may have at most.
 * @throws AppError CORRUPT_RASTER for damaged or short data; what `unpack` throws of that kind.
 */
export function decompress(
  by: { readonly compression: number; readonly unpack: Unpack },
  bytes: Uint8Array,
  needed: number,
  allowed: number,
): Uint8Array | Promise<Uint8Array> {
  const unpacked = unpackBy(by, bytes, needed, allowed);
  return unpacked instanceof Uint8Array ? cut(unpacked, needed) : unpacked.then((all) => cut(all, needed));
}

function cut(unpacked: Uint8Array, needed: number): Uint8Array {
  if (unpacked.length < needed) throw corruptRaster(`a block of ${unpacked.length} bytes instead of ${needed}`);
  return unpacked.length === needed ? unpacked : unpacked.subarray(0, needed);
}

function unpackBy(
  { compression, unpack }: { readonly compression: number; readonly unpack: Unpack },
  bytes: Uint8Array,
  needed: number,
  allowed: number,
): Uint8Array | Promise<Uint8Array> {
  switch (compression) {
    case COMPRESSION.none:
      return bytes;
    case COMPRESSION.lzw:
      return unpackLzw(bytes, needed);
    case COMPRESSION.packBits:
      return unpackBits(bytes, needed);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      if (unpack.inflate) return inflated(unpack.inflate, bytes, allowed, needed);
      return guarded('deflate', () => unpack.deflate(bytes, allowed, needed));
    case COMPRESSION.zstd:
      return guarded('zstd', () => unpack.zstd(bytes, allowed, needed));
    default:
      throw corruptRaster(`compression ${compression} of a block`);
  }
}

function inflated(
  inflate: Required<Unpack>['inflate'],
  bytes: Uint8Array,
  allowed: number,
  needed: number,
): Uint8Array {
  try {
    return inflate(bytes, allowed, needed);
  } catch (cause) {
    if (AppError.is(cause)) throw cause;
    throw corruptRaster('a block that is no deflate', cause);
  }
}

async function guarded(name: string, run: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await run();
  } catch (cause) {
    // What is not read here is no fault of the block.
    if (AppError.is(cause)) throw cause;
    throw corruptRaster(`a block that is no ${name}`, cause);
  }
}
