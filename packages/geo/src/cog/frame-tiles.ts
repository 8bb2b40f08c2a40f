/** Bytes before a tile: its length. */
export const LEADER_BYTES = 4;
/** Bytes after a tile: its last ones again. */
export const TRAILER_BYTES = 4;

/**
 * Joins tiles, each between its length and its last four bytes, as GDAL's COGs have them: readers then need no second
 * request for the length, and see whether somebody edited the file.
 */
export function frameTiles(tiles: readonly Uint8Array[]): Uint8Array {
  const total = tiles.reduce((sum, { length }) => sum + length + LEADER_BYTES + TRAILER_BYTES, 0);
  const framed = new Uint8Array(total);
  const view = new DataView(framed.buffer);
  let at = 0;
  for (const tile of tiles) {
    view.setUint32(at, tile.length, true);
    framed.set(tile, at + LEADER_BYTES);
    at += LEADER_BYTES + tile.length;
    framed.copyWithin(at, at - TRAILER_BYTES, at);
    at += TRAILER_BYTES;
  }
  return framed;
}
