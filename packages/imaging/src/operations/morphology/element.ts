import type { OperationParams } from '@tessera/contracts';

export type Shape = OperationParams<'dilate'>['shape'];

/** For each row of a square, the columns that belong to the form: from `start` on, before `end`. */
export type Element = readonly { readonly start: number; readonly end: number }[];

/** The form within a square of `ksize`, as OpenCV's `getStructuringElement` has it; the anchor is pixel ⌊ksize / 2⌋. */
export function elementOf(shape: Shape, ksize: number): Element {
  const middle = Math.floor(ksize / 2);
  return Array.from({ length: ksize }, (_, row) => {
    if (shape === 'rectangle' || (shape === 'cross' && row === middle)) return { start: 0, end: ksize };
    if (shape === 'cross') return { start: middle, end: middle + 1 };
    const away = row - middle;
    const half = middle === 0 ? 0 : halfEven(middle * Math.sqrt((middle * middle - away * away) / (middle * middle)));
    return { start: Math.max(middle - half, 0), end: Math.min(middle + half + 1, ksize) };
  });
}

/** Rounds to the nearest integer, halves to the even one. */
function halfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
