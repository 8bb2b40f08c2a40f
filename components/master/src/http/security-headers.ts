import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

const YEAR_SECONDS = 31_536_000;

/**
 * Headers of every answer. The page loads nothing from elsewhere and runs no inline script; its component library sets
 * inline styles, hence the one exception. `upgrade-insecure-requests` is left out: sites on a local network have no TLS.
 * HSTS comes from here and not from the proxies in front, with every answer to a request that came over TLS (RFC 6797,
 * section 7.2: not over plain HTTP).
 */
export function securityHeaders(): RequestHandler {
  const [plain, secure] = [headers(false), headers({ maxAge: YEAR_SECONDS, includeSubDomains: false })];
  return (request, response, next) => (request.secure ? secure : plain)(request, response, next);
}

function headers(strictTransportSecurity: NonNullable<HelmetOptions['strictTransportSecurity']>) {
  return helmet({
    strictTransportSecurity,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'blob:', 'data:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

/** What files of visitors are served with: even opened as a page they can do nothing. */
export const FILE_POLICY = "default-src 'none'; sandbox";
