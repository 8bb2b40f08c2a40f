import type { Raster } from '../../../raster.ts';
import { NONE, STRONG } from './classify.ts';
import { findRoot, unite } from './union-find.ts';

/**
 * The 8-connected components of a region's edge pixels, told by runs: maximal stretches of edge pixels in a row, in
 * raster order. Run `i` covers the columns `starts[i] … ends[i] − 1`; the runs of row `y` are those from `rows[y]` to
 * `rows[y + 1] − 1`.
 */
export interface Components {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rows: Int32Array;
  /** The first run of each run's component. */
  readonly roots: Int32Array;
  /** 1 for a root whose component holds a strong pixel. */
  readonly strong: Uint8Array;
}

/** Finds the components in one walk over the pixels and time linear in them, without recursion. */
export function findComponents(classes: Raster): Components {
  const { height } = classes;
  const { starts, ends, rows, strong } = findRuns(classes);
  const roots = new Int32Array(starts.length);
  for (let run = 0; run < roots.length; run++) roots[run] = run;
  for (let y = 1; y < height; y++) {
    let above = rows[y - 1]!;
    const aboveEnd = rows[y]!;
    for (let run = aboveEnd; run < rows[y + 1]!; run++) {
      // Runs touch where they overlap or meet at a corner.
      while (above < aboveEnd && ends[above]! < starts[run]!) above++;
      for (let other = above; other < aboveEnd && starts[other]! <= ends[run]!; other++) unite(roots, other, run);
    }
  }
  for (let run = 0; run < roots.length; run++) {
    const root = findRoot(roots, run);
    roots[run] = root;
    strong[root]! |= strong[run]!;
  }
  return { starts, ends, rows, roots, strong };
}

function findRuns({ width, height, data }: Raster): Omit<Components, 'roots'> {
  const rows = new Int32Array(height + 1);
  // Most of a picture is no edge: four pixels at a time are passed over.
  const words = data.byteOffset % 4 === 0 ? new Int32Array(data.buffer, data.byteOffset, data.length >>> 2) : undefined;
  let capacity = 1024;
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  let strong = new Uint8Array(capacity);
  let count = 0;
  for (let y = 0, at = 0; y < height; y++) {
    rows[y] = count;
    const line = y * width;
    const lineEnd = line + width;
    while (at < lineEnd) {
      if (data[at] === NONE) {
        at++;
        if (words !== undefined) while ((at & 3) === 0 && at + 4 <= lineEnd && words[at >>> 2] === 0) at += 4;
        continue;
      }
      if (count === capacity) {
        capacity *= 2;
        starts = grown(starts, new Int32Array(capacity));
        ends = grown(ends, new Int32Array(capacity));
        strong = grown(strong, new Uint8Array(capacity));
      }
      starts[count] = at - line;
      let classes = 0;
      while (at < lineEnd && data[at] !== NONE) classes |= data[at++]!;
      ends[count] = at - line;
      strong[count] = (classes & STRONG) === 0 ? 0 : 1;
      count++;
    }
  }
  rows[height] = count;
  return { starts: starts.subarray(0, count), ends: ends.subarray(0, count), rows, strong: strong.subarray(0, count) };
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
