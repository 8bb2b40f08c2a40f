import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { unsupportedRaster } from '../raster/raster-error.ts';
import type { Unpack } from '../tiff/decode/decompress.ts';

const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);

/** The least that zlib takes. */
const MIN_CHUNK = 64;

/** Decompresses with Node's own libraries, off the main thread. Zstd is missing before Node 22.15. */
export const unpackByZlib: Unpack = {
  deflate: (bytes, allowed) => inflate(bytes, { maxOutputLength: allowed, chunkSize: Math.max(MIN_CHUNK, allowed) }),

  zstd(bytes, allowed) {
    const { zstdDecompress } = zlib as Partial<Pick<typeof zlib, 'zstdDecompress'>>;
    if (zstdDecompress === undefined) throw unsupportedRaster('Rasters compressed with zstd need Node 22.15 or newer.');
    return promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zstdDecompress)(bytes, { maxOutputLength: allowed });
  },
};
