import zlib from 'node:zlib';
import { AppError } from '@tessera/runtime/app-error';
import type { CogLayout } from './cog-layout.ts';
import { compressLzw } from './compress-lzw.ts';

/** Levels above this are asked for by who wants small files at any price. */
const QUICK_LEVEL = 6;
/** The part of a tile that is compressed both ways to find out how the whole is. */
const SAMPLE_PART = 1 / 16;
/** What looking for repeated bytes has to save, of what comes out, to be worth four times the time. */
const WORTH = 1 / 8;
/** Smaller tiles are not worth a trial. */
const TRIED_BYTES = 64 * 1024;
/** Runs and Huffman codes alone: what a predictor leaves of measured samples is noise that seldom repeats. */
const RUNS: zlib.ZlibOptions = { strategy: zlib.constants.Z_RLE, memLevel: 9 };

/** Compresses the bytes of a tile, on the calling thread. */
export function compress(layout: Pick<CogLayout, 'compression' | 'level'>, bytes: Uint8Array): Uint8Array {
  switch (layout.compression) {
    case 'none':
      return bytes;
    case 'deflate':
      return deflate(bytes, layout.level);
    case 'zstd':
      return zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: layout.level } });
    case 'lzw':
      return compressLzw(bytes);
    case 'jpeg':
      throw new AppError('INTERNAL', { message: 'JPEG compresses pixels, not bytes.' });
  }
}

/** Deflates a tile: the same bytes are always deflated the same way. */
function deflate(bytes: Uint8Array, level: number): Uint8Array {
  if (level > QUICK_LEVEL || bytes.length < TRIED_BYTES) return zlib.deflateSync(bytes, { level });
  const length = Math.ceil(bytes.length * SAMPLE_PART);
  const from = Math.floor((bytes.length - length) / 2);
  const part = bytes.subarray(from, from + length);
  const searched = zlib.deflateSync(part, { level }).length;
  const isWorth = searched * (1 + WORTH) < zlib.deflateSync(part, { level, ...RUNS }).length;
  return zlib.deflateSync(bytes, isWorth ? { level } : { level, ...RUNS });
}
