import type { ApiError } from '../../api/api-error.ts';

/** Attempts without any progress after which a file is given up. */
export const ATTEMPTS = 5;
const LONGEST_SECONDS = 30;

/** Whether a refused upload may be taken later: the server is away or busy, or still holds the attempt before. */
export function mayPass({ code, status }: ApiError): boolean {
  return (
    code === 'UNREACHABLE' || status === 429 || status === 423 || status === 409 || status >= 500 || status === 408
  );
}

/**
 * Milliseconds to wait before the next attempt: what the server asked for, else twice as long each time; up to a
 * quarter more by chance, so that many clients do not come back together.
 *
 * @param failures 1 after the first
 * @param random 0–1
 */
export function waitBefore(failures: number, error: ApiError, random: number): number {
  const seconds = error.retryAfterSeconds ?? Math.min(2 ** (failures - 1), LONGEST_SECONDS);
  return Math.round(seconds * 1000 * (1 + random / 4));
}
