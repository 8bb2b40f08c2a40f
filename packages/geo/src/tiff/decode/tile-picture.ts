import { corruptRaster } from '../../raster/raster-error.ts';

/** A whole JPEG or WebP file, or JPEG 2000 code stream, that is one tile of a larger raster. */
export interface TilePicture {
  readonly format: 'jpeg' | 'webp' | 'j2k';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** JPEG: 1 gray, 3 RGB. WebP: 3 RGB, 4 with alpha, which is opaque where the file has none. JPEG 2000: any number. */
  readonly channels: number;
  /** Bytes of a sample; 2, in little-endian order, for JPEG 2000 with more than 8 bits. */
  readonly sampleBytes: 1 | 2;
}

/**
 * Decodes a block that is a picture to interleaved samples, `width * height * channels`.
 *
 * @throws AppError any code of the image
 */
export type DecodeTilePicture = (picture: TilePicture, signal?: AbortSignal) => Promise<Uint8Array>;

/** Says of a JPEG's colours what TIFF says in its header: 0 as they are, 1 YCbCr (Adobe's marker APP14). */
const adobe = (transform: 0 | 1): readonly number[] => [
  ...[0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, transform],
];

/**
 * Makes a JPEG file of a block and the tables that all blocks share.
 *
 * @throws AppError CORRUPT_RASTER where either is no JPEG.
 */
export function wholeJpeg(block: Uint8Array, tables: Uint8Array | undefined, isYCbCr: boolean): Uint8Array {
  const shared = tables === undefined ? new Uint8Array() : inner(tables);
  if (!startsImage(block)) throw corruptRaster('a block that is no JPEG');
  const head = Uint8Array.of(0xff, 0xd8, ...adobe(isYCbCr ? 1 : 0));
  const whole = new Uint8Array(head.length + shared.length + block.length - 2);
  whole.set(head);
  whole.set(shared, head.length);
  whole.set(block.subarray(2), head.length + shared.length);
  return whole;
}

/** The tables without the marks of begin and end. */
function inner(tables: Uint8Array): Uint8Array {
  const ends = tables.at(-2) === 0xff && tables.at(-1) === 0xd9;
  if (!startsImage(tables) || !ends) throw corruptRaster('tables of JPEG that are none');
  return tables.subarray(2, -2);
}

function startsImage(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}
