import type { Raster, Samples } from '@tessera/imaging';

/**
 * The tile of `side` × `side` pixels whose top left pixel is (x, y) of the raster: what lies beyond the raster's edge
 * repeats its last column and row, which compresses well and is never shown.
 */
export function cutTile(raster: Raster, x: number, y: number, side: number): Uint8Array {
  const { data, width, height, channels } = raster;
  const tile = new Uint8Array(side * side * channels);
  const rowBytes = side * channels;
  const inside = Math.min(side, width - x) * channels;
  for (let row = 0; row < side; row += 1) {
    const to = row * rowBytes;
    if (y + row >= height) {
      tile.copyWithin(to, to - rowBytes, to);
      continue;
    }
    const from = ((y + row) * width + x) * channels;
    tile.set(data.subarray(from, from + inside), to);
    for (let i = inside; i < rowBytes; i += 1) tile[to + i] = tile[to + i - channels]!;
  }
  return tile;
}

/** Horizontal differencing, in place: each sample less the one of the same channel to its left (TIFF 6.0, section 14). */
export function predictTile(tile: Samples, side: number, channels: number): void {
  const row = side * channels;
  for (let start = 0; start < tile.length; start += row) {
    for (let i = start + row - 1; i >= start + channels; i -= 1) tile[i]! -= tile[i - channels]!;
  }
}
