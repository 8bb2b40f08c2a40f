import { AppError } from '@tessera/runtime';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { watchArrival } from './deadline.ts';
import { parseRequest } from './problems.ts';
import type { Call, Guard, RouteSpec } from './route.ts';

/** Bytes of a JSON body. */
const JSON_LIMIT = 256 * 1024;

/** A handler whose types were checked against its route where it was written. */
type AnyHandler = (call: Call<RouteSpec>) => unknown;

export interface RouterParts {
  readonly guards: Readonly<Record<Guard, RequestHandler>>;
  readonly visitorOf: (request: Request, response: Response) => string;
  readonly named: (request: Request, call: string) => void;
  readonly requestTimeoutSeconds: number;
  /** Answers with an error from outside the chain of handlers. */
  readonly fail: (request: Request, response: Response, error: AppError) => void;
}

/** Makes the router of a table of routes and their handlers. */
export function createRouter(
  table: Readonly<Record<string, RouteSpec>>,
  handlers: Readonly<Record<string, unknown>>,
  parts: RouterParts,
): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const [id, spec] of Object.entries(table)) {
    const handler = handlers[id] as AnyHandler;
    router[spec.method](
      spec.path,
      (request, _response, next) => {
        parts.named(request, id);
        next();
      },
      ...spec.guards.map((guard) => parts.guards[guard]),
      ...(spec.files === undefined && spec.stream === undefined ? [arrival(parts)] : []),
      ...(spec.body === undefined ? [] : [express.json({ limit: JSON_LIMIT })]),
      (request, response) => answer(spec, handler, request, response, parts),
    );
  }
  return router;
}

/** Ends requests whose body takes too long. */
function arrival(parts: RouterParts): RequestHandler {
  return (request, response, next) => {
    if (!request.complete) {
      const stop = watchArrival(request, parts.requestTimeoutSeconds, () => {
        if (!response.headersSent) parts.fail(request, response, new AppError('REQUEST_TIMEOUT'));
      });
      request.once('end', stop);
      response.once('close', stop);
    }
    next();
  };
}

async function answer(spec: RouteSpec, handler: AnyHandler, request: Request, response: Response, parts: RouterParts) {
  const call = {
    params: request.params,
    query: spec.query === undefined ? undefined : parseRequest(spec.query, request.query),
    body: spec.body === undefined ? undefined : parseRequest(spec.body, request.body as unknown),
    request,
    response,
    visitor: () => parts.visitorOf(request, response),
  } as Call<RouteSpec>;
  response.status(spec.answer.status);
  response.setHeader('Cache-Control', 'no-store');
  const body = await handler(call);
  if (response.headersSent) return;
  if (spec.answer.kind === 'json') response.json(body);
  else if (spec.answer.kind === 'empty') response.end();
}
