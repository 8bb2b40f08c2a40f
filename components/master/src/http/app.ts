import { AppError, type Logger } from '@tessera/runtime';
import cookieParser from 'cookie-parser';
import express, { type Express, type Router } from 'express';
import { errorMiddleware } from './error-answer.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { limitRate } from './rate-limit.ts';
import { sameSite } from './same-site.ts';
import { securityHeaders } from './security-headers.ts';

export interface AppParts {
  readonly logger: Logger;
  readonly log: ExchangeLog;
  readonly router: Router;
  readonly page: Router;
  /** Other sites that the page may show pictures of. */
  readonly pictureOrigins: readonly string[];
  /** Reverse proxies in front. */
  readonly proxies: number;
  readonly requestsPerMinute: number;
}

/** Puts the layers of the HTTP side in their order. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', parts.proxies);
  app.set('query parser', 'simple');
  app.use(parts.log.middleware);
  app.use(securityHeaders(parts.pictureOrigins));
  app.use(['/api', '/stac'], limitRate(parts.requestsPerMinute));
  app.use(sameSite());
  app.use(cookieParser());
  app.use(parts.router);
  app.use(parts.page);
  app.use((_request, _response, next) => next(new AppError('NOT_FOUND')));
  app.use(errorMiddleware(parts.logger, (request) => parts.log.idOf(request)));
  return app;
}
