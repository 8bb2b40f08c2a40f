import { AppError } from '@tessera/runtime/app-error';
import { sharp } from '../sharp.ts';
import { decodeCodeStream } from './decode-code-stream.ts';

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
 * Decodes a tile to interleaved samples, `width * height * channels`, as they are: no profile is applied.
 *
 * @throws AppError CORRUPT_IMAGE for another format or size than promised, and what the library says of damaged files.
 */
export async function decodeTile(tile: TilePicture): Promise<Uint8Array> {
  const { format, bytes, width, height, channels } = tile;
  if (format === 'j2k') return decodeCodeStream(tile);
  const image = sharp(bytes, { failOn: 'warning', limitInputPixels: width * height, ignoreIcc: true });
  const facts = await image.metadata();
  if (facts.format !== format || facts.width !== width || facts.height !== height)
    throw new AppError('CORRUPT_IMAGE', { details: { reason: 'a tile of another format or size', width, height } });
  if (channels === 1) image.removeAlpha().toColourspace('b-w');
  if (channels === 3) image.removeAlpha().toColourspace('srgb');
  if (channels === 4) image.ensureAlpha().toColourspace('srgb');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== channels)
    throw new AppError('CORRUPT_IMAGE', { details: { reason: `a tile of ${info.channels} channels` } });
  return data;
}
