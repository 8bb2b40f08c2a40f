import zlib from 'node:zlib';
import { AppError } from '@tessera/runtime/app-error';
import type { CogLayout } from './cog-layout.ts';
import { compressLzw } from './compress-lzw.ts';

/** Compresses the bytes of a tile, on the calling thread. */
export function compress(layout: Pick<CogLayout, 'compression' | 'level'>, bytes: Uint8Array): Uint8Array {
  switch (layout.compression) {
    case 'none':
      return bytes;
    case 'deflate':
      return zlib.deflateSync(bytes, { level: layout.level });
    case 'zstd':
      return zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: layout.level } });
    case 'lzw':
      return compressLzw(bytes);
    case 'jpeg':
      throw new AppError('INTERNAL', { message: 'JPEG compresses pixels, not bytes.' });
  }
}
