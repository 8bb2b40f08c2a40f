import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '@tessera/runtime/app-error';
import type { DecodedRaster } from '../decode/decoded-raster.ts';

/** Bytes that are read at a time, about; other work of the thread gets its turn between two reads. */
const READ_BYTES = 8 * 1024 * 1024;

/** Counts for each channel how many pixels have each level. */
export async function countLevels(raster: DecodedRaster): Promise<readonly (readonly number[])[]> {
  const { width, height, channels, offset } = raster;
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  const total = width * height * channels;
  // Whole pixels, so that every piece begins with the first channel.
  const buffer = Buffer.allocUnsafe(Math.min(total, READ_BYTES - (READ_BYTES % channels)));
  const fd = openSync(raster.path, 'r');
  try {
    for (let done = 0; done < total;) {
      const wanted = Math.min(buffer.length, total - done);
      readFully(fd, buffer, wanted, offset + done);
      for (const [channel, levels] of counts.entries()) count(buffer, wanted, channel, channels, levels);
      done += wanted;
      await setImmediate();
    }
  } finally {
    closeSync(fd);
  }
  return counts.map((levels) => [...levels]);
}

function count(bytes: Uint8Array, length: number, first: number, step: number, levels: Float64Array): void {
  // Integers of 32 bits are counted with faster; a piece has fewer pixels than they hold.
  const some = new Uint32Array(256);
  for (let at = first; at < length; at += step) some[bytes[at]!]!++;
  for (let level = 0; level < 256; level++) levels[level]! += some[level]!;
}

function readFully(fd: number, target: Buffer, length: number, position: number): void {
  for (let done = 0; done < length;) {
    const got = readSync(fd, target, done, length - done, position + done);
    if (got === 0) throw new AppError('SCRATCH_FULL', { details: { reason: 'the decoded file is too short' } });
    done += got;
  }
}
