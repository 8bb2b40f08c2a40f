import type { OperationName, Step } from '@tessera/contracts';

/** Milliseconds of one core per megapixel at a side of the kernel: of gray, gray with alpha, RGB, RGB with alpha. */
type Knot = readonly [side: number, gray: number, grayAlpha: number, colour: number, colourAlpha: number];

export type OperationCosts = Readonly<Record<OperationName, readonly Knot[]>>;

/** Measured as `DEFAULT_COSTS`. Canny is what one look costs in between a smooth picture (7 with RGB) and a busy one (20). */
export const OPERATION_COSTS: OperationCosts = {
  grayscale: [[1, 0, 0, 1, 1.3]],
  canny: [
    [3, 5.5, 5.5, 12, 12],
    [5, 10, 10, 20, 20],
    [7, 18, 18, 32, 32],
  ],
  'canny-otsu': [
    [3, 5.5, 5.5, 12, 12],
    [5, 10, 10, 20, 20],
    [7, 18, 18, 32, 32],
  ],
  'overlay-edges': [
    [3, 12, 18, 30, 35],
    [5, 17, 23, 38, 43],
    [7, 25, 31, 50, 55],
  ],
  threshold: [[1, 0.6, 0.6, 1.4, 1.8]],
  invert: [[1, 0.9, 1.1, 1.3, 1.3]],
  'gaussian-blur': [
    [3, 1.7, 2.9, 6, 7.8],
    [5, 1.8, 3.1, 6.6, 8.4],
    [9, 2.1, 3.7, 7.3, 9.6],
    [21, 3.4, 5.4, 10, 13],
    [41, 3.7, 8.7, 14.4, 20],
    [61, 5.1, 11.8, 20, 25],
  ],
  sharpen: [[1, 1.1, 2.7, 2.7, 7.3]],
  median: [
    [3, 1.8, 2.8, 3.2, 7.6],
    [5, 2.5, 4, 7, 10.5],
    [7, 4.6, 9, 13.7, 19],
  ],
  dilate: [
    [3, 0.7, 2.7, 5, 8],
    [31, 1.1, 3.2, 5, 8.4],
  ],
  erode: [
    [3, 0.7, 2.7, 5, 8],
    [31, 1.1, 3.2, 5, 8.4],
  ],
  'swap-red-blue': [[1, 0, 0, 0.9, 1]],
  'brightness-contrast': [[1, 1, 2, 3, 4]],
  gamma: [[1, 1, 2, 3, 4]],
  levels: [[1, 1, 2, 3, 4]],
  curves: [[1, 1, 2, 3, 4]],
  posterize: [[1, 1, 2, 3, 4]],
  solarize: [[1, 1, 2, 3, 4]],
  clahe: [[1, 12, 14, 25, 26]],
  'hue-saturation-lightness': [[1, 20, 20, 40, 40]],
  'white-balance': [[1, 4, 5, 4, 5]],
  sepia: [[1, 4, 5, 2, 2]],
  tint: [[1, 4, 5, 2, 2]],
  'channel-mixer': [[1, 4, 5, 2, 2]],
  'auto-levels': [[1, 2, 3, 5, 6]],
  'equalize-histogram': [[1, 2, 3, 20, 21]],
  normalize: [[1, 2, 3, 5, 6]],
  'gray-world': [[1, 1, 1.5, 5, 6]],
  otsu: [[1, 2, 3, 4, 5]],
  'k-means': [[1, 8, 9, 25, 26]],
  'box-blur': [
    [3, 5, 10, 15, 20],
    [101, 6, 12, 18, 24],
  ],
  'motion-blur': [
    [3, 8, 16, 24, 32],
    [101, 200, 400, 600, 800],
  ],
  bilateral: [
    [3, 15, 20, 20, 20],
    [31, 1500, 2000, 2000, 2000],
  ],
  'non-local-means': [
    [5, 60, 70, 120, 130],
    [21, 1000, 1100, 2000, 2100],
    [31, 2200, 2400, 4400, 4600],
  ],
  'rank-filter': [
    [3, 30, 60, 90, 120],
    [31, 150, 300, 450, 600],
  ],
  'unsharp-mask': [[1, 10, 20, 30, 40]],
  'high-pass': [[1, 10, 20, 30, 40]],
  emboss: [[1, 12, 24, 36, 48]],
  filter2d: [
    [3, 12, 24, 36, 48],
    [31, 800, 1600, 2400, 3200],
  ],
  sobel: [
    [3, 20, 40, 60, 80],
    [7, 80, 160, 240, 320],
  ],
  scharr: [[1, 20, 40, 60, 80]],
  prewitt: [[1, 20, 40, 60, 80]],
  laplacian: [
    [1, 10, 20, 30, 40],
    [7, 50, 100, 150, 200],
  ],
  'adaptive-threshold': [[1, 10, 15, 12, 16]],
  morphology: [
    [3, 4, 8, 14, 20],
    [31, 8, 16, 20, 30],
  ],
  'flood-fill': [[1, 85, 87, 90, 92]],
  pixelate: [[1, 10, 15, 20, 25]],
  vignette: [[1, 10, 15, 20, 25]],
  crop: [[1, 0.1, 0.2, 0.3, 0.4]],
  flip: [[1, 0.1, 0.2, 0.3, 0.4]],
  flop: [[1, 2, 3, 4, 5]],
  pad: [[1, 3, 4, 5, 6]],
  rotate: [[1, 30, 60, 50, 90]],
  affine: [[1, 30, 60, 50, 90]],
  perspective: [[1, 40, 70, 60, 100]],
  resize: [[1, 15, 40, 45, 80]],
  statistics: [[1, 1, 2, 3, 4]],
  'connected-components': [[1, 40, 42, 41, 43]],
  blend: [[1, 35, 40, 35, 40]],
  mask: [[1, 20, 20, 22, 24]],
  watermark: [[1, 15, 18, 15, 18]],
  'watermark-text': [[1, 15, 18, 15, 18]],
};

/** Milliseconds of one core per megapixel that a step makes out of so many channels; between two knots as if it rose evenly. */
export function stepCost(step: Step, channels: number, costs: OperationCosts = OPERATION_COSTS): number {
  const knots = costs[step.op];
  const side = sideOf(step);
  const of = (knot: Knot | undefined): number => knot?.[Math.min(4, Math.max(1, channels)) as 1 | 2 | 3 | 4] ?? 0;
  const after = knots.findIndex(([at]) => at >= side);
  if (after <= 0) return of(after === 0 ? knots[0] : knots.at(-1));
  const [low, high] = [knots[after - 1], knots[after]];
  if (!low || !high) return 0;
  return of(low) + ((side - low[0]) / (high[0] - low[0])) * (of(high) - of(low));
}

function sideOf({ params }: Step): number {
  if ('ksize' in params) return params.ksize;
  if ('search' in params) return params.search;
  if ('length' in params) return params.length;
  return 'aperture' in params ? params.aperture : 1;
}
