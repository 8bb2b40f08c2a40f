import type { Depth, OutputFormat } from '@tessera/contracts';

export interface OutputFormatFacts {
  /** Largest width and height in pixels. */
  readonly maxSide: number;
  /** Most pixels of a picture that one task encodes: what its encoder holds in memory grows with them. */
  readonly maxPixels: number;
  /** Whether peers can encode pieces that join into one file. */
  readonly splittable: boolean;
  /** Whether an alpha channel can be kept. */
  readonly alpha: boolean;
  /** Most bits of a sample; pixels that have more are reduced when they are encoded. */
  readonly depth: Depth;
  /** Whether decoding gives back the very pixels that were encoded. */
  readonly lossless: boolean;
  readonly defaultQuality: number;
}

/** What the planner needs to know of each output format. JPEG's side is libjpeg's limit, WebP's VP8's, AVIF's AV1's. */
export const OUTPUT_FORMATS: Readonly<Record<OutputFormat, OutputFormatFacts>> = {
  png: {
    maxSide: 2_147_483_647,
    maxPixels: 200_000_000,
    splittable: true,
    alpha: true,
    depth: 16,
    lossless: true,
    defaultQuality: 100,
  },
  jpeg: {
    maxSide: 65_500,
    maxPixels: 200_000_000,
    splittable: true,
    alpha: false,
    depth: 8,
    lossless: false,
    defaultQuality: 85,
  },
  tiff: {
    maxSide: 2_147_483_647,
    maxPixels: 200_000_000,
    splittable: true,
    alpha: true,
    depth: 16,
    lossless: true,
    defaultQuality: 100,
  },
  webp: {
    maxSide: 16_383,
    maxPixels: 80_000_000,
    splittable: false,
    alpha: true,
    depth: 8,
    lossless: false,
    defaultQuality: 85,
  },
  avif: {
    maxSide: 16_384,
    maxPixels: 50_000_000,
    splittable: false,
    alpha: true,
    depth: 8,
    lossless: false,
    defaultQuality: 60,
  },
};
