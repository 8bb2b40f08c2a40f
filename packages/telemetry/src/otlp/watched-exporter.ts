import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger, Metrics } from '@tessera/runtime';

/** An exporter whose failures are counted, and logged when they begin: traces must not vanish in silence. */
export function watchedExporter(
  exporter: SpanExporter,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): SpanExporter {
  const spans = metrics.counter('tessera_trace_spans_total', 'Spans sent to the receiver of traces, by outcome.', [
    'outcome',
  ]);
  let failing = false;
  return {
    export(batch: ReadableSpan[], done) {
      exporter.export(batch, (result) => {
        const failed = result.error !== undefined;
        spans.inc({ outcome: failed ? 'failed' : 'sent' }, batch.length);
        if (failed && !failing) logger.warn({ reason: result.error?.message }, 'traces:not-sent');
        failing = failed;
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
