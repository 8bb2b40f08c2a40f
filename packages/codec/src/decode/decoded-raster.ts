import type { Depth, ImageFacts } from '@tessera/contracts';

/** The facts of an image that its structure tells, without hashing the file. */
export type Probe = Omit<ImageFacts, 'bytes' | 'sha256'>;

/** Decoded pixels in a file: sRGB or gray, row-major, interleaved, upright, 1–4 channels as in `Raster`. */
export interface DecodedRaster {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bits of a sample; those of 16 are little-endian. */
  readonly depth: Depth;
  /** Byte offset of the first row; rows follow one another without padding. */
  readonly offset: number;
  /** The source's EXIF block (a TIFF structure, without the `Exif` marker) with its orientation set to upright. */
  readonly exif?: Uint8Array;
}
