import { hash } from 'node:crypto';
import { AppError } from '@tessera/runtime/app-error';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES } from '../raster/sample-type.ts';
import { sampleBits, type SampleBits } from './sample-bits.ts';

/** Sides of a block in pixels, those of the pixel digest of pictures. */
const BLOCK_WIDTH = 512;
const BLOCK_HEIGHT = 16;
/** Bytes of one SHA-256. */
const DIGEST_BYTES = 32;

/** Digests of the blocks of a rectangle of the full size. */
export interface RegionDigests {
  readonly region: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** 32 bytes per block, blocks in raster order. */
  readonly digests: Uint8Array;
}

/**
 * SHA-256 of each 512 × 16 block (less at the right and bottom edge) of a window that begins at a block's corner. A
 * block's bytes are its rows from top to bottom, samples little-endian, bands interleaved.
 */
export function rasterBlockDigests(window: RasterBlock): Uint8Array {
  const { columns, rows } = blocksOf(window);
  const digests = new Uint8Array(columns * rows * DIGEST_BYTES);
  const stride = window.bands.length;
  const samples = sampleBits(SAMPLE_TYPES[window.type].samples(BLOCK_WIDTH * BLOCK_HEIGHT * stride));
  const bytes = new Uint8Array(samples.buffer);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at += DIGEST_BYTES) {
      const count = gather(window, column * BLOCK_WIDTH, row * BLOCK_HEIGHT, samples);
      digests.set(hash('sha256', bytes.subarray(0, count * samples.BYTES_PER_ELEMENT), 'buffer'), at);
    }
  }
  return digests;
}

/**
 * The digest of a whole raster, lower-case hex: SHA-256 over the digests of all blocks in raster order, from windows
 * that cover it, in any order.
 *
 * @throws AppError INTERNAL if they do not cover it block by block.
 */
export function rasterDigest(
  size: { readonly width: number; readonly height: number },
  windows: readonly RegionDigests[],
): string {
  const { columns, rows } = blocksOf(size);
  const ordered = new Uint8Array(columns * rows * DIGEST_BYTES);
  let missing = columns * rows;
  for (const { region, digests } of windows) {
    const window = blocksOf(region);
    const [left, top] = [region.x / BLOCK_WIDTH, region.y / BLOCK_HEIGHT];
    const isRight =
      Number.isInteger(left) &&
      Number.isInteger(top) &&
      left + window.columns <= columns &&
      top + window.rows <= rows &&
      digests.length === window.columns * window.rows * DIGEST_BYTES;
    if (!isRight) throw new AppError('INTERNAL', { message: 'A window is not made of blocks.', details: { region } });
    for (let row = 0; row < window.rows; row++) {
      const from = row * window.columns * DIGEST_BYTES;
      const to = ((top + row) * columns + left) * DIGEST_BYTES;
      ordered.set(digests.subarray(from, from + window.columns * DIGEST_BYTES), to);
    }
    missing -= window.columns * window.rows;
  }
  if (missing !== 0) throw new AppError('INTERNAL', { message: 'The windows do not cover the raster once.' });
  return hash('sha256', ordered, 'hex');
}

function blocksOf(size: { readonly width: number; readonly height: number }) {
  return { columns: Math.ceil(size.width / BLOCK_WIDTH), rows: Math.ceil(size.height / BLOCK_HEIGHT) };
}

/** Copies a block's samples, interleaved. @returns their number. */
function gather({ width, height, bands }: RasterBlock, left: number, top: number, target: SampleBits): number {
  const right = Math.min(width, left + BLOCK_WIDTH);
  const bottom = Math.min(height, top + BLOCK_HEIGHT);
  const stride = bands.length;
  for (const [index, samples] of bands.entries()) {
    const band = sampleBits(samples);
    let to = index;
    for (let y = top; y < bottom; y++) {
      if (stride === 1) {
        target.set(band.subarray(y * width + left, y * width + right) as never, to);
        to += right - left;
        continue;
      }
      for (let from = y * width + left, end = y * width + right; from < end; from++, to += stride) {
        target[to] = band[from]!;
      }
    }
  }
  return (right - left) * (bottom - top) * stride;
}
