import { crc32 } from 'node:zlib';
import { AppError } from '@tessera/runtime/app-error';

/** The eight bytes that every PNG begins with. */
export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const MAX_CHUNK_BYTES = 0x7fffffff;

/**
 * A PNG chunk: length, type, the parts of its data one after another, CRC (PNG specification, section 5.3).
 *
 * @throws AppError OUTPUT_TOO_LARGE for more than 2 GiB.
 */
export function pngChunk(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > MAX_CHUNK_BYTES) throw new AppError('OUTPUT_TOO_LARGE', { details: { type, length } });
  const chunk = new Uint8Array(length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, length);
  for (let i = 0; i < 4; i += 1) chunk[4 + i] = type.charCodeAt(i);
  let position = 8;
  for (const part of parts) {
    chunk.set(part, position);
    position += part.length;
  }
  view.setUint32(position, crc32(chunk.subarray(4, position)));
  return chunk;
}
