import { closeSync, openSync, readSync } from 'node:fs';
import type { Region } from '@tessera/contracts';
import { bytesOf, sampleBytes, type Samples, type Window } from '@tessera/imaging/raster';
import { unwrittenRaster } from '@tessera/imaging/spare-memory';
import { AppError } from '@tessera/runtime/app-error';
import type { DecodedRaster } from '../decode/decoded-raster.ts';

/**
 * Reads a region of a decoded raster with synchronous positioned reads; made for worker threads. `fd` is an open
 * descriptor of `raster.path`; without it the file is opened and closed.
 *
 * @throws AppError STORE_CORRUPT when the file ends before the region does; SOURCE_MISSING when it is gone.
 */
export function readWindow(raster: DecodedRaster, region: Region, fd?: number): Window<Samples> {
  if (fd !== undefined) return readRows(raster, region, fd);
  const opened = open(raster.path);
  try {
    return readRows(raster, region, opened);
  } finally {
    closeSync(opened);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new AppError('SOURCE_MISSING', { message: 'The decoded image is no longer there.', retryable: true, cause });
  }
}

function readRows(raster: DecodedRaster, region: Region, fd: number): Window<Samples> {
  const { width, channels, depth, offset } = raster;
  if (region.x + region.width > width || region.y + region.height > raster.height) {
    throw new AppError('INTERNAL', { message: 'The region lies outside the raster.', details: { region } });
  }
  const pixelBytes = channels * sampleBytes(depth);
  const rowBytes = region.width * pixelBytes;
  const window = unwrittenRaster(region.width, region.height, channels, depth);
  const bytes = bytesOf(window.data);
  if (region.width === width) {
    readFully(fd, bytes, 0, bytes.length, offset + region.y * rowBytes);
  } else {
    for (let row = 0; row < region.height; row += 1) {
      const position = offset + ((region.y + row) * width + region.x) * pixelBytes;
      readFully(fd, bytes, row * rowBytes, rowBytes, position);
    }
  }
  return { x: region.x, y: region.y, raster: window };
}

/** The kernel reads at most 2 GiB at a time, so one call may not be enough. */
function readFully(fd: number, target: Uint8Array, start: number, length: number, position: number): void {
  for (let done = 0; done < length;) {
    const got = readSync(fd, target, start + done, Math.min(length - done, 1 << 30), position + done);
    if (got === 0) {
      throw new AppError('STORE_CORRUPT', {
        message: 'The decoded image is shorter than it should be.',
        details: { position: position + done, missing: length - done },
      });
    }
    done += got;
  }
}
