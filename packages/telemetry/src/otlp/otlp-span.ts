import { SpanStatusCode, type Span as SdkSpan } from '@opentelemetry/api';
import { formatTraceparent, parseTraceparent } from '../traceparent.ts';
import type { Attributes, Span } from '../tracing.ts';

/** A span of OpenTelemetry. */
export class OtlpSpan implements Span {
  readonly traceparent: string;
  readonly #span: SdkSpan;

  constructor(span: SdkSpan) {
    this.#span = span;
    this.traceparent = formatTraceparent(span.spanContext());
  }

  joins(traceparent: string): boolean {
    return parseTraceparent(traceparent)?.traceId === this.#span.spanContext().traceId;
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes);
  }

  fail(code: string): void {
    this.#span.setAttribute('error.type', code);
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: code });
  }

  end(at?: Date): void {
    this.#span.end(at);
  }
}
