import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Router, type RequestHandler } from 'express';
import expressStaticGzip, { type ExpressStaticGzipOptions } from 'express-static-gzip';

type ServeStaticOptions = NonNullable<ExpressStaticGzipOptions['serveStatic']>;

/** Browsers keep files whose names hold a hash of their content for a year. */
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Serves the built page: hashed files for ever, everything else anew each time, any other address as the page itself. */
export function createPage(folder: string, greet: RequestHandler): Router {
  const router = Router();
  router.use('/assets', compressed(join(folder, 'assets'), { immutable: true, maxAge: YEAR }));
  router.use(
    compressed(folder, {
      cacheControl: false,
      setHeaders: (response: ServerResponse) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  router.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/api/') || request.path.startsWith('/assets/') || request.accepts('html') === false) {
      next();
      return;
    }
    greet(request, response, () => {
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile('index.html', { root: folder, cacheControl: false }, (error: unknown) => {
        // Without a built page there is nothing at this address.
        if (error !== undefined && !response.headersSent) next();
      });
    });
  });
  return router;
}

/** Serves files, in the Brotli or gzipped form that lies beside them where the browser takes it. */
function compressed(folder: string, serveStatic: ServeStaticOptions): RequestHandler {
  return expressStaticGzip(folder, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    serveStatic: { ...serveStatic, index: false, redirect: false, dotfiles: 'ignore' },
  });
}
