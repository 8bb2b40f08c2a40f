import { AppError } from '@tessera/runtime/app-error';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import type { FileBytes } from './file-bytes.ts';
import { checkFrames, checkPixels, checkWholeImageBytes, corrupt, type Structure } from './structure.ts';

/** The decoder holds the whole picture as RGBA. */
const BYTES_PER_PIXEL = 4;

/**
 * Walks the chunks of a WebP (RFC 9649, section 2) for its size and its number of frames.
 *
 * @throws AppError TRUNCATED_IMAGE, CORRUPT_IMAGE, TOO_MANY_PIXELS, TOO_MANY_FRAMES
 */
export function scanWebp(file: FileBytes, limits: DecodeLimits): Structure {
  const end = 8 + file.u32(4, true);
  if (end > file.size) throw new AppError('TRUNCATED_IMAGE');
  const { width, height } = readSize(file);
  checkPixels(width, height, limits.maxPixels);
  checkWholeImageBytes(width * height * BYTES_PER_PIXEL, limits, false);
  let frames = 0;
  for (let position = 12; position + 8 <= end;) {
    if (file.text(position, 4) === 'ANMF') frames += 1;
    checkFrames(frames, limits);
    const length = file.u32(position + 4, true);
    position += 8 + length + (length & 1);
  }
  return { format: 'webp', width, height, progressive: false };
}

/** Size from the first chunk: VP8 (RFC 6386, section 9.1), VP8L (RFC 9649, section 3.4) or VP8X (section 2.7). */
function readSize(file: FileBytes): { readonly width: number; readonly height: number } {
  const type = file.text(12, 4);
  const data = file.bytes(20, 10);
  if (type === 'VP8 ') {
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  }
  if (type === 'VP8L') {
    const bits = data.readUInt32LE(1);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (type === 'VP8X') return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
  throw corrupt('no picture chunk');
}
