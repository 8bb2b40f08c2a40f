import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

const YEAR_SECONDS = 31_536_000;

/**
 * Headers of every answer. The page loads nothing from elsewhere and runs no inline script; its component library sets
 * inline styles, hence the one exception. `upgrade-insecure-requests` is left out: sites on a local network have no TLS.
 * HSTS comes from here and not from the proxies in front, with every answer to a request that came over TLS (RFC 6797,
 * section 7.2: not over plain HTTP).
 *
 * @param pictureOrigins Others that pictures may come from: the map tiles of an operator's choice.
 */
export function securityHeaders(pictureOrigins: readonly string[] = []): RequestHandler {
  const plain = headers(false, pictureOrigins);
  const secure = headers({ maxAge: YEAR_SECONDS, includeSubDomains: false }, pictureOrigins);
  return (request, response, next) => (request.secure ? secure : plain)(request, response, next);
}

function headers(
  strictTransportSecurity: NonNullable<HelmetOptions['strictTransportSecurity']>,
  pictureOrigins: readonly string[],
) {
  return helmet({
    strictTransportSecurity,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'blob:', 'data:', ...pictureOrigins],
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
