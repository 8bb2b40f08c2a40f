// What tiles of TIFF need: compression, predictors, and bands put apart. Areas have room for a vector, or for as many as
// a pixel has samples, behind their last byte: vectors may reach beyond it.
export { adler32 } from '../../../codec/assembly/adler32';
export { deflate } from '../../../codec/assembly/deflate';
export { difference, undoDifferences8, undoDifferences16, undoDifferences32 } from './differences';
export { joinFloatBytes, splitFloatBytes } from './float-bytes';
export { halveFloats } from './halve-floats';
export { inflate } from './inflate';
export { pickBand } from './pick-band';
export { repeatedBytes } from './repeats';

/** First byte that is free for areas. */
export function freeMemory(): usize {
  return __heap_base;
}
