export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** As in OpenTelemetry: who waits for whom, and over which kind of border. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** Where a span stands. Spans are named by their W3C traceparent, which is also what messages carry. */
export interface SpanOptions {
  readonly kind?: SpanKind;
  /** Default: the span under way. */
  readonly parent?: string | undefined;
  /** The name this span must have, where others know it without being told; default: a random one. */
  readonly identity?: string | undefined;
  /** Who asked for a span of chosen identity: the parent where both come to be in one trace, otherwise linked. */
  readonly cause?: Span | undefined;
  readonly links?: readonly string[];
  readonly attributes?: Attributes;
  /** Default: now. */
  readonly start?: Date;
}

/** Something that takes time. Attributes hold no file name, no id of an image or a job and no secret. */
export interface Span {
  /** Undefined as long as the span is in no trace. */
  readonly traceparent: string | undefined;
  /**
   * Tells whether the span is in the trace of `traceparent`. A span that has no trace yet, as that of a request before
   * anybody knows what it is about, comes into it, below `parent`.
   */
  joins(traceparent: string, parent?: string): boolean;
  set(attributes: Attributes): void;
  /** @param code an error code of the table, or a status. */
  fail(code: string): void;
  /** @param at default: now. */
  end(at?: Date): void;
}

/** Traces, or nothing at no cost. */
export interface Tracing {
  /** False: no span is ever made, and nobody needs to prepare any. */
  readonly on: boolean;
  /** The innermost span around the present flow of calls. */
  readonly current: Span | undefined;
  /** A span from now to its `end`, around nothing. */
  begin(name: string, options?: SpanOptions): Span;
  /** A span that may be renamed until its end and that takes its trace from what comes first; see `Span.joins`. */
  beginRequest(options?: Pick<SpanOptions, 'kind' | 'links'>): RequestSpan;
  /** Runs `work` within a span, which its error fails. */
  span<Value>(name: string, options: SpanOptions, work: (span: Span) => Promise<Value>): Promise<Value>;
  /** Runs `work` with `span` as the one under way. */
  within<Value>(span: Span, work: () => Value): Value;
  /** Sends what is left, within 5 s. */
  close(): Promise<void>;
}

export interface RequestSpan extends Span {
  rename(name: string): void;
}

const NO_SPAN: RequestSpan = {
  traceparent: undefined,
  joins: () => false,
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
  rename: () => undefined,
};

/** No traces. */
export const noTracing: Tracing = {
  on: false,
  current: undefined,
  begin: () => NO_SPAN,
  beginRequest: () => NO_SPAN,
  span: (_name, _options, work) => work(NO_SPAN),
  within: (_span, work) => work(),
  close: () => Promise.resolve(),
};
