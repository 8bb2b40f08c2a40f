import { randomBytes } from 'node:crypto';
import type { Span as SdkSpan } from '@opentelemetry/api';
import { formatTraceparent, parseTraceparent } from '../traceparent.ts';
import type { Attributes, RequestSpan, SpanOptions } from '../tracing.ts';
import { OtlpSpan } from './otlp-span.ts';

type Start = (name: string, options: Pick<SpanOptions, 'parent' | 'identity' | 'start'>) => SdkSpan;

/** A span that is made when it ends, so that its name and its trace may be told while it is under way. */
export class LateSpan implements RequestSpan {
  readonly #spanId: string;
  readonly #begin: Start;
  readonly #start = new Date();
  readonly #attributes: Record<string, string | number | boolean> = {};
  #name = 'request';
  #traceId: string | undefined;
  #parent: string | undefined;
  #failure: string | undefined;

  constructor(spanId: string, begin: Start) {
    this.#spanId = spanId;
    this.#begin = begin;
  }

  /** None before it is known what the request is about: what happens until then can not stand below it. */
  get traceparent(): string | undefined {
    return this.#traceId === undefined ? undefined : this.#identity(this.#traceId);
  }

  joins(traceparent: string, parent?: string): boolean {
    const traceId = parseTraceparent(traceparent)?.traceId;
    if (traceId === undefined) return false;
    if (this.#traceId === undefined) {
      this.#traceId = traceId;
      this.#parent = parent;
    }
    return this.#traceId === traceId;
  }

  rename(name: string): void {
    this.#name = name;
  }

  set(attributes: Attributes): void {
    Object.assign(this.#attributes, attributes);
  }

  fail(code: string): void {
    this.#failure = code;
  }

  end(at?: Date): void {
    // A request about nothing that has a trace is in one of its own.
    const identity = this.#identity(this.#traceId ?? randomBytes(16).toString('hex'));
    const place = { identity, parent: this.#parent, start: this.#start };
    const span = new OtlpSpan(this.#begin(this.#name, place));
    span.set(this.#attributes);
    if (this.#failure !== undefined) span.fail(this.#failure);
    span.end(at);
  }

  #identity(traceId: string): string {
    return formatTraceparent({ traceId, spanId: this.#spanId, traceFlags: 1 });
  }
}
