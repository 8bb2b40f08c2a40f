import { ERROR_CODES } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';

/** Tells whether an error is about the file alone: others may still be fine, and the same file never will be. */
export function isRefusal(error: unknown): error is AppError {
  if (!AppError.is(error) || error.code === 'FILE_TOO_LARGE') return false;
  const { status } = ERROR_CODES[error.code];
  return status === 415 || status === 422;
}
