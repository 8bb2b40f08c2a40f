import { join } from 'node:path';
import express, { Router, type RequestHandler } from 'express';

/** Browsers keep files whose names hold a hash of their content for a year. */
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Serves the built page: hashed files for ever, everything else anew each time, any other address as the page itself. */
export function createPage(folder: string, greet: RequestHandler): Router {
  const router = Router();
  const options = { index: false, redirect: false, dotfiles: 'ignore' } as const;
  router.use('/assets', express.static(join(folder, 'assets'), { ...options, immutable: true, maxAge: YEAR }));
  router.use(
    express.static(folder, {
      ...options,
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
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
