import type { Output, OutputFormat, Pipeline } from '@tessera/contracts';
import { hasAlpha } from '../raster.ts';
import { countTiles } from '../tiles/levels.ts';
import { contentOf, type Content } from './content.ts';

/** Bits of a pixel at a quality: of the photo that takes least, and of the one that takes most. */
type Knot = readonly [quality: number, least: number, most: number];

/**
 * Measured by `npm run bench -- bits-per-pixel` over the photos of fixtures/photos, at their own size and at half of it:
 * as they are, gray, with `threshold` and with `canny` at their defaults.
 */
const BITS: Readonly<Record<OutputFormat, Readonly<Record<Content, readonly Knot[]>>>> = {
  png: {
    colour: [[100, 10.38, 15.56]],
    gray: [[100, 3.47, 5.25]],
    levels: [[100, 0.15, 0.6]],
    edges: [[100, 0.45, 0.85]],
  },
  jpeg: {
    colour: [
      [30, 0.4, 0.88],
      [60, 0.65, 1.31],
      [85, 1.28, 2.24],
      [95, 2.32, 4.07],
      [100, 4.84, 7.99],
    ],
    gray: [
      [30, 0.34, 0.78],
      [60, 0.54, 1.17],
      [85, 1.03, 1.93],
      [95, 1.78, 3.37],
      [100, 3.15, 5.68],
    ],
    levels: [
      [30, 0.43, 1.63],
      [60, 0.58, 2.37],
      [85, 0.82, 3.46],
      [95, 1.19, 5.17],
      [100, 1.79, 7.95],
    ],
    edges: [
      [30, 1.07, 1.93],
      [60, 1.45, 2.68],
      [85, 2.08, 3.9],
      [95, 3.05, 5.78],
      [100, 4.71, 8.96],
    ],
  },
  webp: {
    colour: [
      [30, 0.3, 0.73],
      [60, 0.51, 1.11],
      [85, 0.96, 1.97],
      [95, 1.83, 3.32],
      [100, 2.51, 4.63],
    ],
    gray: [
      [30, 0.24, 0.65],
      [60, 0.38, 0.92],
      [85, 0.68, 1.58],
      [95, 1.27, 2.63],
      [100, 1.75, 3.48],
    ],
    levels: [
      [30, 0.29, 1.43],
      [60, 0.34, 1.68],
      [85, 0.41, 2.07],
      [95, 0.49, 2.5],
      [100, 0.57, 2.85],
    ],
    edges: [
      [30, 0.95, 1.81],
      [60, 1.11, 2.13],
      [85, 1.36, 2.62],
      [95, 1.63, 3.16],
      [100, 1.89, 3.59],
    ],
  },
  avif: {
    colour: [
      [30, 0.19, 0.41],
      [60, 0.62, 1.16],
      [85, 1.29, 2.32],
      [95, 2.12, 3.82],
    ],
    gray: [
      [30, 0.15, 0.36],
      [60, 0.48, 1.0],
      [85, 0.91, 1.9],
      [95, 1.52, 3.09],
    ],
    levels: [
      [30, 0.09, 0.41],
      [60, 0.09, 0.41],
      [85, 0.09, 0.41],
      [95, 0.09, 0.41],
    ],
    edges: [
      [30, 0.28, 0.55],
      [60, 0.28, 0.56],
      [85, 0.28, 0.56],
      [95, 0.28, 0.56],
    ],
  },
  tiff: {
    colour: [[100, 14.12, 24.29]],
    gray: [[100, 4.65, 8.14]],
    levels: [[100, 0.3, 0.86]],
    edges: [[100, 0.58, 1.36]],
  },
};

/**
 * Large scans have less detail for each pixel than the small photos that were measured, and lines take hardly any of it:
 * of edges in an enlarged photo of 144 megapixels one pixel took 0.01 bits.
 */
const LARGE: Readonly<Record<Content, number>> = { colour: 0.25, gray: 0.25, levels: 0.02, edges: 0.02 };
/** Noise and fine texture take more. */
const BUSY = 1.25;
/** Bits of a pixel that an alpha channel takes: none where all is opaque. */
const ALPHA_BITS = 2;
/** Bits that a sample of 16 takes above one of 8, at most: the lower byte of a photo is noise, which no file makes smaller. */
const LOWER_BITS = 8;
/** Bytes of headers. */
const HEADER = { low: 100, high: 2000 } as const;

export interface ByteRange {
  readonly low: number;
  readonly high: number;
}

/** Bytes that the file of a result takes, as a range: how well pixels compress is known when they are compressed. */
export function estimateBytes(pipeline: Pipeline, output: Output): ByteRange {
  const { thumbnails, ...one } = output;
  if (thumbnails === undefined) return fileBytes(pipeline, output);
  const longest = Math.max(output.width, output.height);
  const files = thumbnails.map((side) => {
    const share = Math.min(1, side / longest);
    return fileBytes(pipeline, { ...one, width: output.width * share, height: output.height * share });
  });
  return { low: sum(files.map(({ low }) => low)), high: sum(files.map(({ high }) => high)) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

function fileBytes(pipeline: Pipeline, output: Output): ByteRange {
  // A pyramid has a third more pixels, in files of their own.
  const pixels = output.width * output.height * (output.tiles ? 4 / 3 : 1);
  const files = output.tiles ? countTiles(output, output.tiles) : 1;
  const content = contentOf(pipeline, output.channels);
  const [least, most] = bitsAt(BITS[output.format][content], output.quality);
  const alpha = hasAlpha(output.channels) ? ALPHA_BITS : 0;
  const lower = output.depth === 16 ? LOWER_BITS * output.channels : 0;
  return {
    low: Math.round(files * HEADER.low + (pixels * least * LARGE[content]) / 8),
    high: Math.round(files * HEADER.high + (pixels * (most * BUSY + alpha + lower)) / 8),
  };
}

/** Between two measured qualities as if it rose evenly. */
function bitsAt(knots: readonly Knot[], quality: number): readonly [least: number, most: number] {
  const after = knots.findIndex(([at]) => at >= quality);
  const [high, low] = [knots.at(after), knots[after - 1]];
  if (high === undefined) return [0, 0];
  if (low === undefined || after <= 0) return [high[1], high[2]];
  const share = (quality - low[0]) / (high[0] - low[0]);
  return [low[1] + share * (high[1] - low[1]), low[2] + share * (high[2] - low[2])];
}
