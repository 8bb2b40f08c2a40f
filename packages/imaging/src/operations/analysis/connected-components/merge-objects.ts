import { MOST_COMPONENTS, type Grid, type OperationParams, type Size } from '@tessera/contracts';
import { joinCells } from '../../../components/join-cells.ts';
import { findRoot } from '../../../components/union-find.ts';
import { gridColumns, gridCount, gridRegion } from '../../../region.ts';
import { addMeasures, type Measures } from './measures.ts';
import type { Found, Observed } from './observe-objects.ts';

/** An object of the whole picture. */
export interface Numbered extends Measures {
  /** From 1, in the raster order of first pixels. */
  readonly number: number;
}

/** What a cell needs to number its objects. */
export interface CellNumbers {
  /** By row of the cell, objects that begin in other cells since the cell's row before, or since the picture's start. */
  readonly skipped: readonly number[];
  /** By label, the number of the object; 0 if it is too small. */
  readonly open: readonly number[];
}

/** All objects of the picture. */
export interface Merged {
  readonly cells: readonly CellNumbers[];
  readonly count: number;
  readonly pixels: number;
  /** The largest first, of equal ones the lower number. */
  readonly largest: readonly Numbered[];
}

/** An object whose first pixel lies in a certain cell. */
interface Beginning extends Found {
  /** The item of an open object; −1: a closed one, which is listed. */
  readonly item: number;
}

/**
 * Joins what goes on over borders and numbers all objects. An object's number is how many first pixels come before its own in
 * raster order, which rows of counts are enough for: within a row of a cell closed objects count by themselves.
 */
export function mergeObjects(
  observed: readonly Observed[],
  grid: Grid,
  picture: Size,
  { least, connectivity }: Pick<OperationParams<'connected-components'>, 'least' | 'connectivity'>,
): Merged {
  const cells = observed.map(({ sides, open }) => ({ sides, labels: open.length }));
  const { offsets, parents } = joinCells(cells, grid, picture, connectivity);
  const beginnings = observed.map(({ largest }): Beginning[] => largest.map((found) => ({ ...found, item: -1 })));
  let pixels = observed.reduce((sum, part) => sum + part.pixels, 0);
  for (const [item, { whole, start, cell }] of joinParts(observed, offsets, parents)) {
    if (whole.area < least) continue;
    pixels += whole.area;
    beginnings[cell]!.push({ ...whole, first: start.first, before: start.before, item });
  }
  const { numbers, skipped, count, listed } = numberAll(observed, beginnings, grid, picture);
  return {
    cells: observed.map(({ open }, cell) => ({
      skipped: skipped[cell]!,
      open: open.map((_, label) => numbers.get(findRoot(parents, offsets[cell]! + label)) ?? 0),
    })),
    count,
    pixels,
    largest: listed.sort((a, b) => b.area - a.area || a.number - b.number).slice(0, MOST_COMPONENTS),
  };
}

/** An open object that was put together: of which its first pixel lies in `start`, in that cell. */
interface Whole {
  readonly whole: Measures;
  readonly start: Found;
  readonly cell: number;
}

/** Open objects by their root items. */
function joinParts(observed: readonly Observed[], offsets: Int32Array, parents: Int32Array): Map<number, Whole> {
  const wholes = new Map<number, Whole>();
  for (const [cell, { open }] of observed.entries()) {
    for (const [label, part] of open.entries()) {
      const root = findRoot(parents, offsets[cell]! + label);
      const known = wholes.get(root);
      if (known === undefined) {
        wholes.set(root, { whole: part, start: part, cell });
        continue;
      }
      const { start } = known;
      const earlier = part.top < start.top || (part.top === start.top && part.first < start.first);
      const whole = addMeasures(known.whole, part);
      wholes.set(root, earlier ? { whole, start: part, cell } : { ...known, whole });
    }
  }
  return wholes;
}

/** Walks along the rows of the picture, through the cells that each row crosses. */
function numberAll(
  observed: readonly Observed[],
  beginnings: readonly Beginning[][],
  grid: Grid,
  picture: Size,
): {
  readonly numbers: ReadonlyMap<number, number>;
  readonly skipped: readonly number[][];
  readonly count: number;
  readonly listed: Numbered[];
} {
  const columns = gridColumns(grid, picture);
  const numbers = new Map<number, number>();
  const listed: Numbered[] = [];
  const skipped = observed.map((): number[] => []);
  for (const list of beginnings) list.sort((a, b) => a.top - b.top || a.first - b.first);
  const [next, ends] = [new Int32Array(observed.length), new Float64Array(observed.length)];
  let count = 0;
  for (let left = 0; left < gridCount(grid, picture); left += columns) {
    const { y: top, height } = gridRegion(grid, picture, left);
    for (let row = 0; row < height; row++) {
      for (let cell = left; cell < left + columns; cell++) {
        skipped[cell]!.push(count - ends[cell]!);
        const begin = beginnings[cell]!;
        let open = 0;
        for (; begin[next[cell]!]?.top === top + row; next[cell]!++) {
          const object = begin[next[cell]!]!;
          const number = count + object.before + open + 1;
          if (object.item >= 0) {
            numbers.set(object.item, number);
            open++;
          }
          listed.push({ ...object, number });
        }
        count += observed[cell]!.begun[row]! + open;
        ends[cell] = count;
      }
    }
  }
  return { numbers, skipped, count, listed };
}
