import { hash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@tessera/runtime';
import type { Request } from 'express';

/**
 * Lets whoever sends the operator's token pass. Without a configured token nobody passes.
 *
 * @throws AppError UNAUTHORIZED
 */
export function requireAdmin(request: Request, token: string | undefined): void {
  if (!isAdmin(request, token)) throw new AppError('UNAUTHORIZED');
}

/** Whether a request comes with the operator's token. */
export function isAdmin(request: Request, token: string | undefined): boolean {
  const given = bearerToken(request);
  return token !== undefined && given !== undefined && equal(given, token);
}

/** The token that a request comes with. */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
}

/** Compares in a time that tells nothing about where or whether the texts differ in length. */
export function equal(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
