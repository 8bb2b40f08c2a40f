import { AppError } from '@tessera/runtime';
import { ERRORS } from '@tus/server';

interface TusError {
  readonly status_code: number;
  readonly body: string;
}

/** What the tus server throws, in our words; all that is not its own is passed on as it is. */
export function fromTus(error: unknown): AppError {
  if (AppError.is(error)) return error;
  if (error === ERRORS.INVALID_OFFSET) {
    return new AppError('CONFLICT', { message: 'The upload has another offset. Ask for it and go on from there.' });
  }
  if (isTusError(error)) return fromStatus(error.status_code, error.body);
  return new AppError('INTERNAL', { cause: error });
}

/** An answer of the tus server that is an error. Whose upload it is was checked before: an unknown one has expired. */
export function fromStatus(status: number, text: string): AppError {
  if (status === 404 || status === 410) return new AppError('UPLOAD_GONE');
  if (status === 413) return new AppError('FILE_TOO_LARGE', { message: 'More was sent than the upload may hold.' });
  if (status === 500) return new AppError('INTERNAL', { details: { text } });
  return new AppError('BAD_REQUEST', { message: `tus: ${text.trim().slice(0, 200)}` });
}

function isTusError(error: unknown): error is TusError {
  return typeof error === 'object' && error !== null && 'status_code' in error && 'body' in error;
}
