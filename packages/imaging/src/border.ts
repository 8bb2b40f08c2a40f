/**
 * Tells which pixel stands for the one at `index` of a row (or column) of `length` pixels; `index` may lie outside.
 * −1 means none: the sample is the filter's constant.
 */
export type BorderRule = (index: number, length: number) => number;

/** `gfedcb|abcdefgh|gfedcba`: mirrored at the outermost pixel, which is not repeated (OpenCV's BORDER_REFLECT_101). */
export const reflect101: BorderRule = (index, length) => {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - folded;
};

/** `aaaaaa|abcdefgh|hhhhhhh`: the outermost pixel is repeated (OpenCV's BORDER_REPLICATE). */
export const replicate: BorderRule = (index, length) => Math.min(Math.max(index, 0), length - 1);

/** Nothing outside stands for anything (OpenCV's BORDER_CONSTANT). */
export const constant: BorderRule = (index, length) => (index >= 0 && index < length ? index : -1);
