import type { Raster } from '../raster.ts';

/**
 * Maximal stretches of neighbouring pixels of a row that are not zero, in raster order. Run `i` covers the columns
 * `starts[i] … ends[i] − 1`; the runs of row `y` are those from `rows[y]` to `rows[y + 1] − 1`.
 */
export interface Runs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rows: Int32Array;
  /** All bits that the pixels of a run have set. */
  readonly marks: Uint8Array;
}

/** Finds the runs of a raster of one channel. */
export function findRuns({ width, height, data }: Raster): Runs {
  const rows = new Int32Array(height + 1);
  // Most of a picture is often nothing: four pixels at a time are passed over.
  const words = data.byteOffset % 4 === 0 ? new Int32Array(data.buffer, data.byteOffset, data.length >>> 2) : undefined;
  let capacity = 1024;
  let starts = new Int32Array(capacity);
  let ends = new Int32Array(capacity);
  let marks = new Uint8Array(capacity);
  let count = 0;
  for (let y = 0, at = 0; y < height; y++) {
    rows[y] = count;
    const line = y * width;
    const lineEnd = line + width;
    while (at < lineEnd) {
      if (data[at] === 0) {
        at++;
        if (words !== undefined) while ((at & 3) === 0 && at + 4 <= lineEnd && words[at >>> 2] === 0) at += 4;
        continue;
      }
      if (count === capacity) {
        capacity *= 2;
        starts = grown(starts, new Int32Array(capacity));
        ends = grown(ends, new Int32Array(capacity));
        marks = grown(marks, new Uint8Array(capacity));
      }
      starts[count] = at - line;
      let bits = 0;
      while (at < lineEnd && data[at] !== 0) bits |= data[at++]!;
      ends[count] = at - line;
      marks[count] = bits;
      count++;
    }
  }
  rows[height] = count;
  return { starts: starts.subarray(0, count), ends: ends.subarray(0, count), rows, marks: marks.subarray(0, count) };
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
