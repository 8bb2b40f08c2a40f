import { ERROR_CODES, type ErrorBody } from '@tessera/contracts';
import type { AppError, Logger } from '@tessera/runtime';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { logError } from '../log-ref.ts';
import { cutOff } from './cut-off.ts';
import { fromAnything } from './map-error.ts';
import { RequestProblems } from './problems.ts';

/** Seconds after which a caller may try again, where nothing better is known. */
const RETRY_AFTER = 2;

/** The body of an error: its code, its public sentence, nothing else. */
export function errorBody(error: AppError, requestId: string): ErrorBody {
  const problems = error instanceof RequestProblems ? { problems: [...error.problems] } : {};
  return { error: { code: error.code, message: error.message, requestId, ...problems } };
}

/** Answers with an error; a request whose body is still on its way is cut off a little later. */
export function sendError(request: Request, response: Response, error: AppError, requestId: string): void {
  const { status } = ERROR_CODES[error.code];
  if ((status === 429 || status === 503) && !response.hasHeader('Retry-After')) {
    response.setHeader('Retry-After', String(RETRY_AFTER));
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  for (const name of ['Content-Disposition', 'ETag', 'Accept-Ranges', 'Content-Length']) response.removeHeader(name);
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).json(errorBody(error, requestId));
  cutOff(request);
}

/** The one place where errors become answers. */
export function errorMiddleware(logger: Logger, requestIdOf: (request: Request) => string): ErrorRequestHandler {
  // Express tells error handlers by their four parameters.
  return (thrown, request, response, _next) => {
    const error = fromAnything(thrown);
    const requestId = requestIdOf(request);
    if (ERROR_CODES[error.code].status >= 500) logger.error({ requestId, err: logError(error) }, 'request:failed');
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    sendError(request, response, error, requestId);
  };
}
