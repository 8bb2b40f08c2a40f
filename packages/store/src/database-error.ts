import { AppError } from '@tessera/runtime';

/** Lost to another transaction; the same work may be tried again at once. */
const CONTENTION = new Set(['40001', '40P01']);

/**
 * Codes, or classes of two characters, that say that the database can't do its work now: connection (08), bad
 * credentials (28), no such database (3D), resources such as a full disk (53), operator such as a restart (57),
 * input and output (58), transaction timeouts (25P0x), a server that became read-only (25006).
 * Source: PostgreSQL documentation, appendix A.
 */
const UNAVAILABLE = ['08', '28', '3D', '53', '57', '58', '25P02', '25P03', '25P04', '25006'];

const SQL_STATE = /^[0-9A-Z]{5}$/;

function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return SQL_STATE.test(error.code) ? error.code : undefined;
}

/** Tells whether the same transaction may succeed when it is run again. */
export function isContention(error: unknown): boolean {
  const cause = AppError.is(error) ? error.cause : error;
  return CONTENTION.has(sqlState(cause) ?? '');
}

/**
 * Wraps what a driver throws. An error without an SQLSTATE never reached the server or lost it on the way, so it
 * counts as an outage.
 */
export function toDatabaseError(error: unknown): AppError {
  if (AppError.is(error)) return error;
  const state = sqlState(error);
  const details = { sqlState: state };
  if (state === undefined || UNAVAILABLE.some((prefix) => state.startsWith(prefix))) {
    return new AppError('DATABASE_UNAVAILABLE', { details, cause: error });
  }
  if (state === '23505') return new AppError('CONFLICT', { details, cause: error });
  if (state === '23503') return new AppError('NOT_FOUND', { details, cause: error });
  return new AppError('INTERNAL', { details, cause: error });
}
