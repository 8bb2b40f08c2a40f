import { hash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@tessera/runtime';
import type { Request } from 'express';

/**
 * Lets whoever sends the operator's token pass. Without a configured token nobody passes.
 *
 * @throws AppError UNAUTHORIZED
 */
export function requireAdmin(request: Request, token: string | undefined): void {
  const given = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1];
  if (token === undefined || given === undefined || !equal(given, token)) throw new AppError('UNAUTHORIZED');
}

/** Compares in a time that tells nothing about where or whether the texts differ in length. */
function equal(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
