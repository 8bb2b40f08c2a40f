import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers of every answer. The page loads nothing from elsewhere and runs no inline script; its component library sets
 * inline styles, hence the one exception. `upgrade-insecure-requests` is left out: sites on a local network have no TLS.
 */
export function securityHeaders(): RequestHandler {
  return helmet({
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
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
}

/** What files of visitors are served with: even opened as a page they can do nothing. */
export const FILE_POLICY = "default-src 'none'; sandbox";
