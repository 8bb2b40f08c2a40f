import type { ErrorCode } from '@tessera/contracts';
import { AppError, type Metrics } from '@tessera/runtime';
import type { Attributes, SpanKind, Tracing } from '../tracing.ts';
import { aroundCalls } from './around-calls.ts';

/** Answers like any other: they say nothing about how well the service that was asked is. */
const ORDINARY: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'CONFLICT', 'CANCELLED', 'RANGE_NOT_SATISFIABLE']);

export interface WatchedPort<Target> {
  /** First word of the spans' names. */
  readonly name: string;
  /** `tessera_<figures>_seconds` and `tessera_<figures>_failures_total`, both by call. */
  readonly figures: string;
  /** What one call is, for the help text of the figures. */
  readonly what: string;
  readonly calls: readonly (keyof Target & string)[];
  readonly buckets: readonly number[];
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
}

export interface Watch {
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

/** Times the calls of a port and counts their failures by code; a call within a trace has a span of its own. */
export function watchCalls<Target extends object>(target: Target, port: WatchedPort<Target>, watch: Watch): Target {
  const { metrics, tracing } = watch;
  const { figures, what, buckets, kind, attributes = {} } = port;
  const seconds = metrics.histogram(`tessera_${figures}_seconds`, `Time of ${what}.`, buckets, ['call']);
  const failures = metrics.counter(`tessera_${figures}_failures_total`, `Failures of ${what}, by code.`, [
    'call',
    'code',
  ]);
  const timed = async (call: string, run: () => Promise<unknown>): Promise<unknown> => {
    const begin = performance.now();
    try {
      return await run();
    } catch (error) {
      const code = codeOf(error);
      if (!ORDINARY.has(code)) failures.inc({ call, code });
      throw error;
    } finally {
      seconds.observe({ call }, (performance.now() - begin) / 1000);
    }
  };
  return aroundCalls(target, port.calls, (call, run) =>
    tracing.current?.traceparent === undefined
      ? timed(call, run)
      : tracing.span(`${port.name} ${call}`, { kind, attributes }, () => timed(call, run)),
  );
}

/** An abort throws the signal's reason, which is not always one of ours. */
function codeOf(error: unknown): ErrorCode {
  const aborted = error instanceof Error && error.name === 'AbortError';
  return aborted ? 'CANCELLED' : AppError.from(error).code;
}
