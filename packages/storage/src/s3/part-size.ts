import { AppError } from '@tessera/runtime';
import { MAX_PARTS } from './s3-options.ts';

/** After this many parts the parts of an upload of unknown length become larger by their first size. */
const STEP = 1000;

/**
 * Bytes of part `number` (1 is the first) of an upload whose length is not known: 1000 parts of the first size, 1000 of
 * twice that and so on, so that 10 000 parts of at first 8 MiB hold 430 GiB; equal ones hold 78 GiB.
 *
 * @throws AppError FILE_TOO_LARGE beyond the last part that S3 allows.
 */
export function partSize(firstBytes: number, number: number, equal = false): number {
  if (number > MAX_PARTS) throw new AppError('FILE_TOO_LARGE', { details: { parts: number } });
  return equal ? firstBytes : firstBytes * (1 + Math.floor((number - 1) / STEP));
}
