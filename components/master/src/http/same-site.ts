import { AppError } from '@tessera/runtime';
import type { Request, RequestHandler } from 'express';

/** Reads only, and nothing of the visitor. */
const OPEN: ReadonlySet<string> = new Set(['/stac/search']);

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses calls that change something and come from a page of another site (CSRF). Browsers tell by `Sec-Fetch-Site`,
 * older ones by `Origin`; programs send neither and are let through, for they carry no visitor's cookie by themselves.
 * Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata".
 */
export function sameSite(): RequestHandler {
  return (request, _response, next) => {
    next(SAFE.has(request.method) || OPEN.has(request.path) || isOwn(request) ? undefined : new AppError('FORBIDDEN'));
  };
}

function isOwn(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.host;
}
