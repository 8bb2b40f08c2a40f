import { performance } from 'node:perf_hooks';
import type { Logger, Metrics } from '@tessera/runtime';
import type { RequestSpan, Tracing } from '@tessera/telemetry';
import type { Request, RequestHandler } from 'express';

/** Seconds; uploads of large files are in the last ones. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120];

/** Calls that balancers make every second or so. */
const PROBES: ReadonlySet<string> = new Set(['getHealth', 'getReadiness']);

/** Gives each request an id, and writes one line and one figure when it is over. */
export interface ExchangeLog {
  readonly middleware: RequestHandler;
  idOf(request: Request): string;
  /** Names the call, for paths hold capabilities and never reach a log. */
  name(request: Request, call: string): void;
}

export interface ExchangeParts {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly newId: () => string;
}

/** Calls that are made all the time or last for hours, and pages: in traces they would only be noise. */
const UNTRACED: ReadonlySet<string> = new Set(['unknown', 'getHealth', 'getReadiness', 'getMetrics', 'watchEvents']);

export function createExchangeLog({ logger, metrics, tracing, newId }: ExchangeParts): ExchangeLog {
  const known = new WeakMap<Request, { readonly id: string; call: string }>();
  const seconds = metrics.histogram('tessera_http_request_seconds', 'Time to answer HTTP requests.', BUCKETS, [
    'call',
    'status',
  ]);
  return {
    middleware: (request, response, next) => {
      const begin = performance.now();
      const entry = { id: newId(), call: 'unknown' };
      known.set(request, entry);
      response.setHeader('X-Request-Id', entry.id);
      // Clients are strangers: what they trace is linked, and never decides what is traced here.
      const span = tracing.beginRequest({ links: [request.get('traceparent') ?? ''] });
      response.once('close', () => {
        const milliseconds = Math.round(performance.now() - begin);
        const status = response.writableFinished ? response.statusCode : 499;
        // Streams live for hours and would say nothing about how fast answers are.
        if (entry.call !== 'watchEvents')
          seconds.observe({ call: entry.call, status: String(status) }, milliseconds / 1000);
        logger[PROBES.has(entry.call) ? 'debug' : 'info'](
          { requestId: entry.id, method: request.method, call: entry.call, status, milliseconds },
          'request:done',
        );
        if (!UNTRACED.has(entry.call)) endSpan(span, request, status);
      });
      tracing.within(span, next);
    },
    idOf: (request) => known.get(request)?.id ?? 'unknown',
    name: (request, call) => {
      const entry = known.get(request);
      if (entry !== undefined) entry.call = call;
    },
  };
}

function endSpan(span: RequestSpan, request: Request, status: number): void {
  const route = (request.route as { readonly path?: string } | undefined)?.path ?? 'unknown';
  span.rename(`${request.method} ${route}`);
  span.set({
    'http.request.method': request.method,
    'http.route': route,
    'http.response.status_code': status,
  });
  if (status >= 500) span.fail(String(status));
  span.end();
}
