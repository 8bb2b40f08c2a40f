import { AppError } from '@tessera/runtime';
import type { ImageRow, JobRow } from '@tessera/store';
import { requirePicture } from '../upload/require-picture.ts';

/** A stored picture that somebody looks at: an upload, or a result. */
export interface StoredPicture {
  /** Key of its object; objects are immutable, so it names the pixels. */
  readonly key: string;
  /** Bytes of the file. */
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** @throws AppError UNSUPPORTED_FORMAT for what is no picture. */
export function pictureOfImage(image: ImageRow): StoredPicture {
  requirePicture(image);
  const { key, bytes, width, height, channels } = image;
  return { key, bytes, width, height, channels };
}

/**
 * The finished file of a job.
 *
 * @throws AppError CONFLICT if there is none.
 */
export function pictureOfResult({ state, result }: JobRow): StoredPicture {
  if (result === null) throw new AppError('CONFLICT', { message: `The job is ${state}: there is no result.` });
  const { key, bytes, width, height, channels } = result;
  return { key, bytes, width, height, channels };
}
