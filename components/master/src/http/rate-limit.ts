import { AppError } from '@tessera/runtime';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

/** Callers with IPv6 own at least a /64, so that is what counts as one address. */
const IPV6_SUBNET = 64;

/** What counts as one caller. */
export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '', IPV6_SUBNET);
}

/** Lets `perMinute` requests of one address pass in a minute; 0 lets all pass. */
export function limitRate(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: addressOf,
    // Its own checks print to the console; proxies are set by TRUST_PROXY.
    validate: false,
    handler: (_request, response, next) => {
      if (!response.hasHeader('Retry-After')) response.setHeader('Retry-After', '60');
      next(new AppError('RATE_LIMITED'));
    },
  });
}
