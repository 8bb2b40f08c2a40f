import type { BadInput } from './bad-input-fixture.ts';
import { GIF_INPUTS } from './gif-fixture.ts';
import { JPEG_INPUTS } from './jpeg-fixture.ts';
import { NOT_IMAGES } from './not-images-fixture.ts';
import { PNG_INPUTS } from './png-fixture.ts';
import { TIFF_INPUTS } from './tiff-fixture.ts';
import { WEBP_AVIF_INPUTS } from './webp-avif-fixture.ts';

export type { BadInput } from './bad-input-fixture.ts';

/** Rows 11 to 42 of the table of bad inputs: hostile, broken and odd files, with what must come of each. */
export const BAD_INPUTS: readonly BadInput[] = [
  ...NOT_IMAGES,
  ...PNG_INPUTS,
  ...JPEG_INPUTS,
  ...GIF_INPUTS,
  ...TIFF_INPUTS,
  ...WEBP_AVIF_INPUTS,
].sort((a, b) => a.row - b.row);
