import zlib from 'node:zlib';
import { AppError } from '@tessera/runtime/app-error';
import { workbench, type Workbench } from '../tiles/workbench.ts';
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
/** Node's zlib takes no smaller pieces. */
const MIN_CHUNK = 1024;
/** Runs and Huffman codes alone: what a predictor leaves of measured samples is noise that seldom repeats. */
const RUNS: zlib.ZlibOptions = { strategy: zlib.constants.Z_RLE, memLevel: 9 };

/**
 * Compresses the bytes of a tile, on the calling thread.
 *
 * @param bytes may lie on the bench.
 * @param bench default: this thread's; `null`: zlib does it all.
 */
export function compress(
  layout: Pick<CogLayout, 'compression' | 'level'>,
  bytes: Uint8Array,
  bench: Workbench | null = workbench(),
): Uint8Array {
  switch (layout.compression) {
    case 'none':
      return bytes;
    case 'deflate':
      return deflate(bytes, layout.level, bench);
    case 'zstd':
      return zstd(bytes, layout.level);
    case 'lzw':
      return compressLzw(bytes);
    case 'jpeg':
      throw new AppError('INTERNAL', { message: 'JPEG compresses pixels, not bytes.' });
  }
}

function zstd(bytes: Uint8Array, level: number): Uint8Array {
  const { length } = bytes;
  // All that comes out in one piece; a compressor that knows how much comes chooses its tables for that.
  const pieces = { chunkSize: Math.max(MIN_CHUNK, length), pledgedSrcSize: length };
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level };
  // Copied: it would keep a piece of the whole length.
  return new Uint8Array(zlib.zstdCompressSync(bytes, { ...pieces, params }));
}

/** Deflates a tile: the same bytes are always deflated the same way. */
function deflate(bytes: Uint8Array, level: number, bench: Workbench | null): Uint8Array {
  if (level > QUICK_LEVEL || bytes.length < TRIED_BYTES || isSearchWorth(bytes, level, bench))
    return zlib.deflateSync(bytes, { level });
  return bench?.deflate(bytes) ?? zlib.deflateSync(bytes, { level, ...RUNS });
}

/** Whether looking for repeated bytes saves enough, by a part of them. */
function isSearchWorth(bytes: Uint8Array, level: number, bench: Workbench | null): boolean {
  const length = Math.ceil(bytes.length * SAMPLE_PART);
  const from = Math.floor((bytes.length - length) / 2);
  const part = bytes.subarray(from, from + length);
  if ((bench?.repeatedBytes(part) ?? length) < length * WORTH) return false;
  const searched = zlib.deflateSync(part, { level }).length;
  return searched * (1 + WORTH) < zlib.deflateSync(part, { level, ...RUNS }).length;
}
