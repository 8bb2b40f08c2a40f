import type { InputFormat } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import type { DecodeLimits } from '../decode/decode-limits.ts';

/** What the structure of a file tells before any pixel is decoded. Width and height are those before EXIF orientation. */
export interface Structure {
  readonly format: InputFormat;
  readonly width: number;
  readonly height: number;
  /** Interlaced PNG or GIF, JPEG with several scans. */
  readonly progressive: boolean;
}

/** An error of the file's structure; `reason` is for logs. */
export function corrupt(reason: string): AppError {
  return new AppError('CORRUPT_IMAGE', { details: { reason } });
}

/**
 * Checks a picture's size against the limits.
 *
 * @param limit pixels
 * @throws AppError CORRUPT_IMAGE for an empty picture, TOO_MANY_PIXELS for one above the limit.
 */
export function checkPixels(width: number, height: number, limit: number): void {
  if (width < 1 || height < 1) throw corrupt('the picture is empty');
  if (width * height > limit) throw new AppError('TOO_MANY_PIXELS', { details: { width, height, limit } });
}

/**
 * Checks the memory that a format needs which can't be decoded row by row.
 *
 * @throws AppError INTERLACED_TOO_LARGE where that is the file's choice, TOO_MANY_PIXELS where it is the format's.
 */
export function checkWholeImageBytes(bytes: number, limits: DecodeLimits, interlaced: boolean): void {
  if (bytes <= limits.maxWholeImageBytes) return;
  throw new AppError(interlaced ? 'INTERLACED_TOO_LARGE' : 'TOO_MANY_PIXELS', {
    details: { bytes, limit: limits.maxWholeImageBytes },
  });
}

/** @throws AppError TOO_MANY_FRAMES */
export function checkFrames(frames: number, limits: DecodeLimits): void {
  if (frames > limits.maxFrames) throw new AppError('TOO_MANY_FRAMES', { details: { limit: limits.maxFrames } });
}

/** @throws AppError TOO_MANY_CHANNELS */
export function checkChannels(channels: number, limits: Pick<DecodeLimits, 'maxChannels'>): void {
  if (channels > limits.maxChannels) throw new AppError('TOO_MANY_CHANNELS', { details: { channels } });
}
