import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { AppError } from '@tessera/runtime/app-error';
import { unsupportedRaster } from '../raster/raster-error.ts';
import { workbench } from '../tiles/workbench.ts';
import type { Unpack } from '../tiff/decode/decompress.ts';

const inflate = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflate);

/** Beyond what a block may have: output that is full would be followed by another as large. */
const SPARE = 64;

const deflateOptions = (allowed: number): zlib.ZlibOptions => ({
  maxOutputLength: allowed,
  chunkSize: allowed + SPARE,
});

/** Decompresses with Node's own libraries, off the calling thread. Zstd is missing before Node 22.15. */
export const unpackByZlib: Unpack = {
  deflate: (bytes, allowed) => inflate(bytes, deflateOptions(allowed)),

  zstd(bytes, allowed) {
    const { zstdDecompress } = zlib as Partial<Pick<typeof zlib, 'zstdDecompress'>>;
    if (zstdDecompress === undefined) throw withoutZstd();
    return promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zstdDecompress)(bytes, { maxOutputLength: allowed });
  },
};

/** The same on the calling thread: where it has a core of its own, handing blocks over takes longer. */
export const unpackHere: Unpack = {
  inflate: (bytes, allowed, wanted) =>
    workbench()?.inflate(bytes, allowed, wanted) ?? zlib.inflateSync(bytes, deflateOptions(allowed)),

  deflate: async (bytes, allowed) => Promise.resolve(zlib.inflateSync(bytes, deflateOptions(allowed))),

  async zstd(bytes, allowed) {
    const { zstdDecompressSync } = zlib as Partial<Pick<typeof zlib, 'zstdDecompressSync'>>;
    if (zstdDecompressSync === undefined) throw withoutZstd();
    return Promise.resolve(zstdDecompressSync(bytes, { maxOutputLength: allowed, chunkSize: allowed + SPARE }));
  },
};

function withoutZstd(): AppError {
  return unsupportedRaster('Rasters compressed with zstd need Node 22.15 or newer.');
}
