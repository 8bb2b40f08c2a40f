import { AppError } from '@tessera/runtime/app-error';
import type { Region, Size } from '@tessera/contracts';
import { encodeCells, partOfCell } from '../../components/cell-table.ts';
import { ByteReader, pushVarint } from '../../components/varint.ts';
import { countedAt, type Counted, type TileAxis } from '../tone/clahe/tile-axis.ts';
import { decodeDeepHistogram, DEEP_LEVELS, encodeDeepHistogram } from './deep-histogram.ts';

const WHAT = 'clahe partial of 16 bits';

interface Axes {
  readonly x: TileAxis;
  readonly y: TileAxis;
}

/** The tiles that a region reaches. */
interface Extent {
  readonly left: number;
  readonly columns: number;
  readonly top: number;
  readonly rows: number;
}

/**
 * Counts the levels of a region for each tile that it reaches. Layout: a table of parts; the first is the extent as four
 * varints, then comes one histogram for each of the tiles, row by row.
 *
 * @param plane the region's levels, row by row.
 */
export function observeDeepTiles(plane: Uint16Array, region: Region, picture: Size, axes: Axes): Uint8Array {
  const across = countedAt(axes.x, region.x, region.width, picture.width);
  const down = countedAt(axes.y, region.y, region.height, picture.height);
  const [left, columns] = span(across);
  const [top, rows] = span(down);
  const head: number[] = [];
  for (const value of [left, columns, top, rows]) pushVarint(head, value);
  const parts: Uint8Array[] = [Uint8Array.from(head)];
  for (let row = top; row < top + rows; row++) {
    const counts = new Uint32Array(columns * DEEP_LEVELS);
    for (let j = 0; j < down.pixels.length; j++) {
      if (down.tiles[j] !== row) continue;
      const line = down.pixels[j]! * region.width;
      for (let i = 0; i < across.pixels.length; i++) {
        const at = (across.tiles[i]! - left) * DEEP_LEVELS + plane[line + across.pixels[i]!]!;
        counts[at] = counts[at]! + 1;
      }
    }
    for (let column = 0; column < columns; column++) {
      parts.push(encodeDeepHistogram(counts.subarray(column * DEEP_LEVELS, (column + 1) * DEEP_LEVELS)));
    }
  }
  return encodeCells(parts);
}

function span({ tiles }: Counted): [first: number, count: number] {
  let [least, most] = [tiles[0]!, tiles[0]!];
  for (const tile of tiles) [least, most] = [Math.min(least, tile), Math.max(most, tile)];
  return [least, most - least + 1];
}

/** The histograms of all tiles, row by row, as a table of parts. @throws AppError STORE_CORRUPT if a partial does not fit. */
export function mergeDeepTiles(partials: readonly Uint8Array[], { x, y }: Axes): Uint8Array {
  const extents = partials.map(extentOf);
  const parts: Uint8Array[] = [];
  for (let row = 0; row < y.tiles; row++) {
    for (let column = 0; column < x.tiles; column++) {
      const sums = new Float64Array(DEEP_LEVELS);
      for (const [n, { left, columns, top, rows }] of extents.entries()) {
        if (column < left || column >= left + columns || row < top || row >= top + rows) continue;
        const tile = (row - top) * columns + column - left;
        const counts = decodeDeepHistogram(partOfCell(partials[n]!, 1 + tile, WHAT));
        if (counts.length !== DEEP_LEVELS) throw new AppError('STORE_CORRUPT', { details: { what: WHAT } });
        for (let level = 0; level < DEEP_LEVELS; level++) sums[level] = sums[level]! + counts[level]!;
      }
      parts.push(encodeDeepHistogram(sums));
    }
  }
  return encodeCells(parts);
}

function extentOf(partial: Uint8Array): Extent {
  const reader = new ByteReader(partOfCell(partial, 0, WHAT), WHAT);
  const [left, columns, top, rows] = [reader.varint(), reader.varint(), reader.varint(), reader.varint()];
  reader.end();
  return { left, columns, top, rows };
}
