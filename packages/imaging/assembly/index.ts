export { bilateral } from './bilateral';
export { boxBlur } from './box-blur';
export { canny } from './canny';
export { colourMatrix } from './colour-matrix';
export { convolveIntegers, convolveNumbers } from './convolution';
export { gaussianBlur } from './gaussian-blur';
export { hueSaturationLightness } from './hue-saturation-lightness';
export { keepShares } from './keep-shares';
export { layOver, layOverOpaque } from './lay-over';
export { countLevels } from './histogram';
export { levelTable } from './level-table';
export { luma, withLuma } from './luma';
export { mixTables } from './mix-tables';
export { median } from './median';
export { aboveBlurred, sharpenByBlurred, whiteAboveBlurred } from './mix-with-blurred';
export { morphology } from './morphology';
export { nonLocalMeans } from './non-local-means';
export { grayscale, invert, swapRedBlue, threshold } from './point';
export { largeRank } from './large-rank';
export { rank } from './rank';
export { resampleColumns, resampleRows, weighByAlpha } from './resample';
export { reversePixels } from './reverse-pixels';
export { sharpen } from './sharpen';
export { affinePlaces, fetchLinear, fetchNearest, perspectivePlaces } from './warp';
export { vignette } from './vignette';

/** Where memory is free: everything from here on belongs to the caller. */
export function freeMemory(): usize {
  return __heap_base;
}
