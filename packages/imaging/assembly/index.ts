export { canny } from './canny';
export { colourMatrix } from './colour-matrix';
export { gaussianBlur } from './gaussian-blur';
export { grayscale, swapRedBlue, threshold } from './point';
export { median } from './median';
export { morphology } from './morphology';
export { sharpen } from './sharpen';

/** Where memory is free: everything from here on belongs to the caller. */
export function freeMemory(): usize {
  return __heap_base;
}
