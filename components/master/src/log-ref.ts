import { hash } from 'node:crypto';
import { AppError } from '@tessera/runtime';

/** 128-bit ids in base64url, as they stand in paths and object keys. */
const CAPABILITY = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g;

/** A short name of a job, image or batch for logs: it tells equal from different, but opens nothing. */
export function logRef(id: string): string {
  return hash('sha256', id, 'base64url').slice(0, 10);
}

/** Replaces every capability in a text by its short name. */
export function withoutCapabilities(text: string): string {
  return text.replaceAll(CAPABILITY, (id) => `#${logRef(id)}`);
}

interface LoggedError {
  readonly name: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** What of an error goes to the log: all that helps, and no capability. */
export function logError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, message: withoutCapabilities(String(error)) };
  const code = AppError.is(error)
    ? error.code
    : 'code' in error && typeof error.code === 'string'
      ? error.code
      : undefined;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    message: withoutCapabilities(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutCapabilities(error.stack) }),
    ...(error.cause === undefined || depth > 3 ? {} : { cause: logError(error.cause, depth + 1) }),
  };
}
