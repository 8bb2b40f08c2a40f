import { AppError } from '@tessera/runtime/app-error';
import type { Region, Size } from '@tessera/contracts';
import { countedAt, type Counted, type TileAxis } from './tile-axis.ts';

const LEVELS = 256;
/** Numbers before the histograms: the first tile across and down, and how many. */
const HEAD = 4;
const WORD = 4;

interface Axes {
  readonly x: TileAxis;
  readonly y: TileAxis;
}

/**
 * Counts the levels of a region for each tile that it reaches. Layout, 32-bit little-endian: the first tile across and its number,
 * the first tile down and their number, then 256 counts for each of these tiles, row by row.
 *
 * @param plane the region's levels, row by row.
 */
export function observeTiles(plane: Uint8Array, region: Region, picture: Size, axes: Axes): Uint8Array {
  const across = countedAt(axes.x, region.x, region.width, picture.width);
  const down = countedAt(axes.y, region.y, region.height, picture.height);
  const [left, columns] = extent(across);
  const [top, rows] = extent(down);
  const words = new Uint32Array(HEAD + columns * rows * LEVELS);
  words.set([left, columns, top, rows]);
  for (let j = 0; j < down.pixels.length; j++) {
    const line = down.pixels[j]! * region.width;
    const row = HEAD + (down.tiles[j]! - top) * columns * LEVELS;
    for (let i = 0; i < across.pixels.length; i++) {
      const at = row + (across.tiles[i]! - left) * LEVELS + plane[line + across.pixels[i]!]!;
      words[at] = words[at]! + 1;
    }
  }
  return littleEndian(words);
}

function extent({ tiles }: Counted): [first: number, count: number] {
  let [least, most] = [tiles[0]!, tiles[0]!];
  for (const tile of tiles) [least, most] = [Math.min(least, tile), Math.max(most, tile)];
  return [least, most - least + 1];
}

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * WORD);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < words.length; n++) view.setUint32(n * WORD, words[n]!, true);
  return bytes;
}

/**
 * The histograms of all tiles, row by row.
 *
 * @throws AppError STORE_CORRUPT if a partial does not fit.
 */
export function mergeTiles(partials: readonly Uint8Array[], { x, y }: Axes): Float64Array[] {
  const histograms = Array.from({ length: x.tiles * y.tiles }, () => new Float64Array(LEVELS));
  for (const partial of partials) {
    const view = new DataView(partial.buffer, partial.byteOffset, partial.byteLength);
    if (partial.length < HEAD * WORD) throw corrupt();
    const word = (n: number): number => view.getUint32(n * WORD, true);
    const [left, columns, top, rows] = [word(0), word(1), word(2), word(3)];
    if (left + columns > x.tiles || top + rows > y.tiles) throw corrupt();
    if (partial.length !== (HEAD + columns * rows * LEVELS) * WORD) throw corrupt();
    for (let tile = 0; tile < columns * rows; tile++) {
      const into = histograms[(top + Math.floor(tile / columns)) * x.tiles + left + (tile % columns)]!;
      for (let level = 0; level < LEVELS; level++) into[level]! += word(HEAD + tile * LEVELS + level);
    }
  }
  return histograms;
}

function corrupt(): AppError {
  return new AppError('STORE_CORRUPT', { details: { what: 'clahe partial' } });
}
