import type { OperationName } from '@tessera/contracts';
import type { Sharp } from 'sharp';

/** What sharp has of the catalogue, with settings that cost it what ours cost us. */
export const SHARP_FORMS: Readonly<Partial<Record<OperationName, (picture: Sharp) => Sharp>>> = {
  grayscale: (picture) => picture.grayscale(),
  threshold: (picture) => picture.threshold(128),
  invert: (picture) => picture.negate({ alpha: false }),
  'gaussian-blur': (picture) => picture.blur(1.1),
  'box-blur': (picture) => picture.convolve({ width: 5, height: 5, kernel: new Array<number>(25).fill(1) }),
  sharpen: (picture) => picture.convolve({ width: 3, height: 3, kernel: [0, -1, 0, -1, 5, -1, 0, -1, 0] }),
  median: (picture) => picture.median(3),
  'brightness-contrast': (picture) => picture.linear(1.45, -38),
  gamma: (picture) => picture.gamma(2.2),
  'hue-saturation-lightness': (picture) => picture.modulate({ hue: 150, saturation: 1.3 }),
  sepia: (picture) => {
    const rows = [0.393, 0.769, 0.189, 0.349, 0.686, 0.168, 0.272, 0.534, 0.131];
    return picture.recomb([rows.slice(0, 3), rows.slice(3, 6), rows.slice(6, 9)] as never);
  },
  'unsharp-mask': (picture) => picture.sharpen({ sigma: 2 }),
  emboss: (picture) => picture.convolve({ width: 3, height: 3, kernel: [-2, -1, 0, -1, 1, 1, 0, 1, 2] }),
  dilate: (picture) => picture.dilate(1),
  erode: (picture) => picture.erode(1),
};
