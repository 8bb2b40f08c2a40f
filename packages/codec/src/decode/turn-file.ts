import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { DecodedRaster } from './decoded-raster.ts';
import { turnOf, type Turn } from './orientation.ts';
import { readWindow } from '../window.ts';
import { rewriteVipsHeader, VIPS_HEADER_BYTES } from './vips-file.ts';

/** Bytes of pixels that are held in memory at a time, for reading and again for writing. */
const BAND_BYTES = 32 * 1024 * 1024;

/**
 * Writes the pixels of a decoded file to another one, turned upright and without the channels from `channels` on. Reads
 * the stored picture by rectangles, so memory does not grow with it.
 */
export function turnFile(source: DecodedRaster, orientation: number, channels: number, target: string): DecodedRaster {
  const turn = turnOf(orientation, source.width, source.height);
  const from = openSync(source.path, 'r');
  const to = openSync(target, 'w');
  try {
    const header = Buffer.alloc(VIPS_HEADER_BYTES);
    readSync(from, header, 0, VIPS_HEADER_BYTES, 0);
    writeFully(to, rewriteVipsHeader(header, { width: turn.width, height: turn.height, bands: channels }));
    const rows = Math.max(1, Math.floor(BAND_BYTES / (turn.width * source.channels)));
    for (let y = 0; y < turn.height; y += rows) {
      writeFully(to, turnRows(source, from, turn, channels, y, Math.min(turn.height, y + rows)));
    }
  } finally {
    closeSync(from);
    closeSync(to);
  }
  return { path: target, width: turn.width, height: turn.height, channels, offset: VIPS_HEADER_BYTES };
}

/** Upright rows `top` to `bottom` (exclusive). */
function turnRows(
  source: DecodedRaster,
  fd: number,
  turn: Turn,
  channels: number,
  top: number,
  bottom: number,
): Uint8Array {
  const { originX, originY, right, down, width } = turn;
  const corner = { x: originX + down.x * top, y: originY + down.y * top };
  const last = bottom - top - 1;
  const opposite = {
    x: corner.x + right.x * (width - 1) + down.x * last,
    y: corner.y + right.y * (width - 1) + down.y * last,
  };
  const x = Math.min(corner.x, opposite.x);
  const y = Math.min(corner.y, opposite.y);
  const region = { x, y, width: Math.abs(corner.x - opposite.x) + 1, height: Math.abs(corner.y - opposite.y) + 1 };
  const stored = readWindow(source, region, fd).raster;
  const stride = region.width * stored.channels;
  const stepRight = right.x * stored.channels + right.y * stride;
  const stepDown = down.x * stored.channels + down.y * stride;
  const rows = new Uint8Array((bottom - top) * width * channels);
  let start = (corner.y - y) * stride + (corner.x - x) * stored.channels;
  let write = 0;
  for (let row = top; row < bottom; row += 1) {
    for (let column = 0, read = start; column < width; column += 1, read += stepRight) {
      for (let c = 0; c < channels; c += 1) rows[write + c] = stored.data[read + c]!;
      write += channels;
    }
    start += stepDown;
  }
  return rows;
}

function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}
