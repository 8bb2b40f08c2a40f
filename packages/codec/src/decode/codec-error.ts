import type { ErrorCode } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';

/** What libvips and the libraries below it say, and what it means; the first match counts. */
const MEANINGS: readonly (readonly [RegExp, ErrorCode])[] = [
  [/no space left|ENOSPC|disc full|disk full|quota exceeded|EDQUOT/i, 'SCRATCH_FULL'],
  [/exceeds pixel limit/i, 'TOO_MANY_PIXELS'],
  [/exceeds channel limit/i, 'TOO_MANY_CHANNELS'],
  [/out of memory|unable to allocate|cannot allocate|bad_alloc|memory limit/i, 'DECODE_OOM'],
  // What libraries say of files that they were built without, or that use a part of a format they leave out.
  [/not configured|not implemented|unsupported codec|unsupported compression|not supported/i, 'UNSUPPORTED_FORMAT'],
  [/premature end|truncated|unexpected end|end of (file|stream|input)|not enough data/i, 'TRUNCATED_IMAGE'],
];

/**
 * Wraps an error of the decoding library; what it can't tell apart is a corrupt image. Errors of the language or of the
 * file system are ours.
 */
export function codecError(error: unknown): AppError {
  if (AppError.is(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = MEANINGS.find(([pattern]) => pattern.test(text))?.[1] ?? (isOurs(error) ? 'INTERNAL' : 'CORRUPT_IMAGE');
  return new AppError(code, { cause: error, details: { decoder: text.slice(0, 500) } });
}

function isOurs(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || (error instanceof Error && 'syscall' in error);
}
