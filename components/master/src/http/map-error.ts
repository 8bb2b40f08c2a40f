import type { ErrorCode } from '@tessera/contracts';
import { AppError } from '@tessera/runtime';
import multer from 'multer';

/** What multer's limits mean in our words. */
const MULTER_CODES: Readonly<Record<string, ErrorCode>> = {
  LIMIT_FILE_COUNT: 'TOO_MANY_FILES',
  LIMIT_PART_COUNT: 'TOO_MANY_FILES',
  LIMIT_UNEXPECTED_FILE: 'UNEXPECTED_FIELD',
  LIMIT_FIELD_COUNT: 'UNEXPECTED_FIELD',
  LIMIT_FIELD_KEY: 'UNEXPECTED_FIELD',
  LIMIT_FIELD_VALUE: 'UNEXPECTED_FIELD',
  LIMIT_FIELD_NESTING: 'UNEXPECTED_FIELD',
  LIMIT_FIELD_ARRAY_INDEX: 'UNEXPECTED_FIELD',
  INVALID_FIELD_NAME: 'UNEXPECTED_FIELD',
  LIMIT_FILE_SIZE: 'FILE_TOO_LARGE',
};

/** Errors of multipart parsing. The parser throws plain errors for malformed bodies, so whatever it throws is one. */
export function fromMultipart(error: unknown): AppError {
  if (AppError.is(error)) return error;
  if (error instanceof multer.MulterError)
    return new AppError(MULTER_CODES[error.code] ?? 'BAD_MULTIPART', { cause: error });
  return new AppError('BAD_MULTIPART', { cause: error });
}

/** Errors of express and its body parser, which carry the HTTP status they mean; all others are our own fault. */
export function fromAnything(error: unknown): AppError {
  if (AppError.is(error)) return error;
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) {
    return new AppError('FILE_TOO_LARGE', {
      message: 'The request body is larger than this call accepts.',
      cause: error,
    });
  }
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('BAD_REQUEST', { cause: error });
  return new AppError('INTERNAL', { cause: error });
}
