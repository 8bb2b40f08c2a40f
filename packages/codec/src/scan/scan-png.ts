import { crc32 } from 'node:zlib';
import { AppError } from '@tessera/runtime/app-error';
import type { DecodeLimits } from '../decode/decode-limits.ts';
import type { FileBytes } from './file-bytes.ts';
import { checkPixels, checkWholeImageBytes, corrupt, type Structure } from './structure.ts';

/** Samples of a decoded pixel by colour type; a palette may hold alpha (PNG specification, section 11.2.1). */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 4, 4: 2, 6: 4 };
/** Bit depths by colour type. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const SIGNATURE_BYTES = 8;

interface Chunk {
  readonly type: string;
  /** Position of the data. */
  readonly start: number;
  readonly length: number;
}

/**
 * Walks the chunks of a PNG to IEND and checks each one's CRC.
 *
 * @throws AppError CORRUPT_IMAGE (also for a file that ends early), TOO_MANY_PIXELS, INTERLACED_TOO_LARGE
 */
export function scanPng(file: FileBytes, limits: DecodeLimits): Structure {
  try {
    return walk(file, limits);
  } catch (error) {
    throw AppError.is(error) && error.code === 'TRUNCATED_IMAGE' ? corrupt('the file ends within a chunk') : error;
  }
}

function walk(file: FileBytes, limits: DecodeLimits): Structure {
  const first = readChunk(file, SIGNATURE_BYTES);
  const structure = readHeader(file, first, limits);
  checkCrc(file, first);
  let hasData = false;
  for (let chunk = first; chunk.type !== 'IEND';) {
    chunk = readChunk(file, chunk.start + chunk.length + 4);
    checkCrc(file, chunk);
    if (chunk.type === 'IDAT') hasData = true;
  }
  if (!hasData) throw corrupt('no IDAT chunk');
  return structure;
}

function readChunk(file: FileBytes, offset: number): Chunk {
  const length = file.u32(offset);
  const type = file.text(offset + 4, 4);
  if (length > 0x7fffffff || !/^[A-Za-z]{4}$/.test(type)) throw corrupt('not a chunk');
  if (offset + 12 + length > file.size) throw corrupt('the file ends within a chunk');
  return { type, start: offset + 8, length };
}

function readHeader(file: FileBytes, chunk: Chunk, limits: DecodeLimits): Structure {
  if (chunk.type !== 'IHDR' || chunk.length !== 13) throw corrupt('no IHDR chunk');
  const header = file.bytes(chunk.start, 13);
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const depth = header.readUInt8(8);
  const colourType = header.readUInt8(9);
  const interlace = header.readUInt8(12);
  if (DEPTHS[colourType]?.includes(depth) !== true || interlace > 1) throw corrupt('not a pixel format of PNG');
  checkPixels(width, height, limits.maxPixels);
  const progressive = interlace === 1;
  const bytesPerPixel = (SAMPLES[colourType] ?? 4) * (depth === 16 ? 2 : 1);
  if (progressive) checkWholeImageBytes(width * height * bytesPerPixel, limits, true);
  return { format: 'png', width, height, progressive };
}

function checkCrc(file: FileBytes, chunk: Chunk): void {
  const end = chunk.start + chunk.length;
  let crc = 0;
  for (let position = chunk.start - 4; position < end;) {
    const run = file.run(position);
    const part = run.subarray(0, Math.min(run.length, end - position));
    crc = crc32(part, crc);
    position += part.length;
    if (part.length === 0) throw corrupt('the file ends within a chunk');
  }
  if (file.u32(end) !== crc) throw corrupt(`wrong CRC of ${chunk.type}`);
}
