import { hash } from 'node:crypto';
import type { Grid, Region, Size } from '@tessera/contracts';
import { bytesOf, depthOf, sampleBytes, type Raster, type Samples } from './raster.ts';
import { gridColumns, gridCount, gridRegion } from './region.ts';

/** Width of a digest block in pixels; regions begin at multiples of it. */
export const BLOCK_WIDTH = 512;
/** Height of a digest block in pixels; regions begin at multiples of it. */
export const BLOCK_HEIGHT = 16;
/** Bytes of one SHA-256. */
const DIGEST_BYTES = 32;

/** Number of blocks across and down a rectangle whose top left corner is a block's. */
function blocksOf(size: Size): { readonly columns: number; readonly rows: number } {
  return { columns: Math.ceil(size.width / BLOCK_WIDTH), rows: Math.ceil(size.height / BLOCK_HEIGHT) };
}

/**
 * SHA-256 of each 512 × 16 block (less at the right and bottom edge) of a raster: 32 bytes per block, blocks in raster
 * order. A block's bytes are its rows from top to bottom, interleaved; samples of
 * 16 bits are little-endian.
 */
export function blockDigests(raster: Raster<Samples>): Uint8Array {
  const { width, height } = raster;
  const data = bytesOf(raster.data);
  const pixel = raster.channels * sampleBytes(depthOf(raster));
  const { columns, rows } = blocksOf(raster);
  const digests = new Uint8Array(columns * rows * DIGEST_BYTES);
  const block = new Uint8Array(BLOCK_WIDTH * BLOCK_HEIGHT * pixel);
  const stride = width * pixel;
  for (let row = 0, at = 0; row < rows; row++) {
    const top = row * BLOCK_HEIGHT;
    const bottom = Math.min(height, top + BLOCK_HEIGHT);
    for (let column = 0; column < columns; column++, at += DIGEST_BYTES) {
      const left = column * BLOCK_WIDTH * pixel;
      const right = Math.min(stride, left + BLOCK_WIDTH * pixel);
      let length = 0;
      for (let y = top; y < bottom; y++, length += right - left) {
        block.set(data.subarray(y * stride + left, y * stride + right), length);
      }
      digests.set(hash('sha256', block.subarray(0, length), 'buffer'), at);
    }
  }
  return digests;
}

/**
 * The digest of a whole picture, lower-case hex, from the block digests of the cells of any grid whose lines fall on
 * block edges: SHA-256 over the digests of all blocks in the picture's raster order.
 */
export function pixelDigest(cells: readonly Uint8Array[], grid: Grid, picture: Size): string {
  const { columns, rows } = blocksOf(picture);
  const ordered = new Uint8Array(columns * rows * DIGEST_BYTES);
  for (let index = 0; index < gridCount(grid, picture); index++) {
    placeCell(ordered, cells[index]!, gridRegion(grid, picture, index), columns);
  }
  return hash('sha256', ordered, 'hex');
}

function placeCell(ordered: Uint8Array, digests: Uint8Array, region: Region, pictureColumns: number): void {
  const { columns, rows } = blocksOf(region);
  const firstColumn = region.x / BLOCK_WIDTH;
  const firstRow = region.y / BLOCK_HEIGHT;
  for (let row = 0; row < rows; row++) {
    const from = row * columns * DIGEST_BYTES;
    const to = ((firstRow + row) * pictureColumns + firstColumn) * DIGEST_BYTES;
    ordered.set(digests.subarray(from, from + columns * DIGEST_BYTES), to);
  }
}

/** Tells whether every line of the grid falls on a block edge, so that a digest can be put together from its cells. */
export function fitsBlocks(grid: Grid, picture: Size): boolean {
  const wide = gridColumns(grid, picture) === 1 || grid.width % BLOCK_WIDTH === 0;
  return wide && (grid.height >= picture.height || grid.height % BLOCK_HEIGHT === 0);
}
