import { AppError } from '@tessera/runtime/app-error';

/** A raster whose bytes contradict themselves or end too early; the reason is for logs. */
export function corruptRaster(reason: string, cause?: unknown): AppError {
  return new AppError('CORRUPT_RASTER', { details: { reason }, ...(cause === undefined ? {} : { cause }) });
}

/** A raster of a kind that is not read; the sentence may be shown to anybody. */
export function unsupportedRaster(message: string): AppError {
  return new AppError('UNSUPPORTED_RASTER', { message });
}
