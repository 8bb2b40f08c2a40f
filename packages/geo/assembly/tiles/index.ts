// What tiles of TIFF need besides being compressed: predictors, and bands put apart. Areas have room for a vector, or
// for as many as a pixel has samples, behind their last byte: vectors may reach beyond it.
export { difference, undoDifferences8, undoDifferences16, undoDifferences32 } from './differences';
export { joinFloatBytes, splitFloatBytes } from './float-bytes';
export { pickBand } from './pick-band';

/** First byte that is free for areas. */
export function freeMemory(): usize {
  return __heap_base;
}
