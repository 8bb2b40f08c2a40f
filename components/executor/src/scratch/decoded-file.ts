import { rm } from 'node:fs/promises';
import type { DecodedRaster, Decoder } from '@tessera/codec';
import type { Picture } from '@tessera/contracts';
import { RowsOnDemand } from './rows-on-demand.ts';

export type ImageDecoder = Pick<Decoder, 'decode' | 'findRowBlocks' | 'decodeRows'>;

/** Rows `top` to `bottom` (exclusive). */
export interface Rows {
  readonly top: number;
  readonly bottom: number;
}

/** An image's pixels in a file with random access, of which at least the rows that were decoded may be read. */
export interface DecodedFile {
  /** Whether all of it was decoded at once. */
  readonly whole: boolean;
  /** Sees to it that the rows are there. @throws AppError any code of the image, SCRATCH_FULL, CANCELLED */
  decode(rows: Rows): Promise<DecodedRaster>;
  remove(): Promise<void>;
}

export interface DecodedFileOptions {
  readonly decoder: ImageDecoder;
  /** The image file; it is removed as soon as nothing is read from it any more. */
  readonly source: string;
  /** Path of the file that is to be made. */
  readonly target: string;
  /** What it is decoded to: where it says so, to 16 bits. */
  readonly picture: Picture;
  /** What is needed first. */
  readonly rows: Rows;
  /** Ends all decoding. */
  readonly signal: AbortSignal;
}

/**
 * Decodes an image as a whole, or prepares to decode its rows as they are asked for: where the file can be cut, and
 * where not all of it is needed, so that executors that share a picture share its decoding too.
 *
 * @throws AppError any code of the image, SCRATCH_FULL, CANCELLED
 */
export async function openDecodedFile(options: DecodedFileOptions): Promise<DecodedFile> {
  const { decoder, source, target, picture, rows, signal } = options;
  const whole = rows.top <= 0 && rows.bottom >= picture.height;
  const blocks = whole ? undefined : await decoder.findRowBlocks(source, { signal });
  if (blocks?.width === picture.width && blocks.height === picture.height) {
    return RowsOnDemand.create(options, blocks);
  }
  const raster = await decoder.decode(source, target, { signal, depth: picture.depth });
  await rm(source, { force: true });
  return {
    whole: true,
    decode: () => Promise.resolve(raster),
    remove: () => rm(target, { force: true }),
  };
}
