import type { DecodeLimits } from '../decode/decode-limits.ts';
import type { FileBytes } from './file-bytes.ts';
import { checkFrames, checkPixels, checkWholeImageBytes, corrupt, type Structure } from './structure.ts';

/** The decoder draws every GIF onto a canvas of RGBA. */
const CANVAS_BYTES_PER_PIXEL = 4;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;

/** Bytes of a colour table by the packed field that announces it (GIF89a specification, sections 18 and 20). */
const tableBytes = (packed: number): number => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);

/**
 * Walks the blocks of a GIF and counts its frames. A missing trailer is let pass, for many writers leave it out.
 *
 * @throws AppError TRUNCATED_IMAGE, CORRUPT_IMAGE, TOO_MANY_PIXELS, INTERLACED_TOO_LARGE, TOO_MANY_FRAMES
 */
export function scanGif(file: FileBytes, limits: DecodeLimits): Structure {
  const header = file.bytes(0, 13);
  let width = header.readUInt16LE(6);
  let height = header.readUInt16LE(8);
  let progressive = false;
  let frames = 0;
  for (let position = 13 + tableBytes(header.readUInt8(10)); position < file.size;) {
    const kind = file.u8(position);
    if (kind === TRAILER) break;
    if (kind === EXTENSION) {
      position = skipSubBlocks(file, position + 2);
    } else if (kind === IMAGE) {
      frames += 1;
      checkFrames(frames, limits);
      const image = file.bytes(position + 1, 9);
      const packed = image.readUInt8(8);
      if (frames === 1) {
        // The decoder makes the canvas large enough for its first frame.
        width = Math.max(width, image.readUInt16LE(0) + image.readUInt16LE(4));
        height = Math.max(height, image.readUInt16LE(2) + image.readUInt16LE(6));
        progressive = (packed & 0x40) !== 0;
        checkPixels(width, height, limits.maxPixels);
        checkWholeImageBytes(width * height * CANVAS_BYTES_PER_PIXEL, limits, progressive);
      }
      position = skipSubBlocks(file, position + 10 + tableBytes(packed) + 1);
    } else {
      throw corrupt('not a block of GIF');
    }
  }
  if (frames === 0) throw corrupt('no frame');
  return { format: 'gif', width, height, progressive };
}

/** Position after a chain of data sub-blocks and its terminator. */
function skipSubBlocks(file: FileBytes, offset: number): number {
  for (let position = offset; ;) {
    const length = file.u8(position);
    position += 1 + length;
    if (length === 0) return position;
  }
}
