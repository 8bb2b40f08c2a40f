import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Region } from '@tessera/contracts';
import { toDepth } from '@tessera/imaging/depth';
import { bytesOf, sampleBytes } from '@tessera/imaging/raster';
import { readWindow } from '../window/read-window.ts';
import { turnWindow } from '../window/turn-window.ts';
import type { DecodedRaster } from './decoded-raster.ts';
import { turnOf, type Turn } from './orientation.ts';
import { rewriteVipsHeader, VIPS_HEADER_BYTES } from './vips-file.ts';

/** Bytes of pixels that are held in memory at a time, for reading and again for writing. */
const BAND_BYTES = 32 * 1024 * 1024;

/**
 * Writes the pixels of a decoded file to another one, turned upright, without the channels from `channels` on,
 * in that depth. Reads the stored picture by rectangles, so memory does not grow with it.
 */
export function turnFile(
  source: DecodedRaster,
  orientation: number,
  { channels, depth }: Pick<DecodedRaster, 'channels' | 'depth'>,
  target: string,
  bandBytes = BAND_BYTES,
): DecodedRaster {
  const turn = turnOf(orientation, source.width, source.height);
  const from = openSync(source.path, 'r');
  const to = openSync(target, 'w');
  try {
    const header = Buffer.alloc(VIPS_HEADER_BYTES);
    readSync(from, header, 0, VIPS_HEADER_BYTES, 0);
    writeFully(to, rewriteVipsHeader(header, { width: turn.width, height: turn.height, bands: channels, depth }));
    const rows = Math.max(1, Math.floor(bandBytes / (turn.width * source.channels * sampleBytes(source.depth))));
    for (let y = 0; y < turn.height; y += rows) {
      const bottom = Math.min(turn.height, y + rows);
      const { x, y: top, raster } = readWindow(source, storedRegion(turn, y, bottom), from);
      const stored = { x, y: top, raster: toDepth(raster, depth) };
      writeFully(to, bytesOf(turnWindow(stored, turn, y, bottom, channels)));
    }
  } finally {
    closeSync(from);
    closeSync(to);
  }
  return { path: target, width: turn.width, height: turn.height, channels, depth, offset: VIPS_HEADER_BYTES };
}

/** The rectangle of the stored picture that holds the upright rows `top` to `bottom` (exclusive). */
function storedRegion({ originX, originY, right, down, width }: Turn, top: number, bottom: number): Region {
  const firstX = originX + down.x * top;
  const firstY = originY + down.y * top;
  const lastX = firstX + right.x * (width - 1) + down.x * (bottom - top - 1);
  const lastY = firstY + right.y * (width - 1) + down.y * (bottom - top - 1);
  return {
    x: Math.min(firstX, lastX),
    y: Math.min(firstY, lastY),
    width: Math.abs(firstX - lastX) + 1,
    height: Math.abs(firstY - lastY) + 1,
  };
}

function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}
