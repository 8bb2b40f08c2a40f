import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { ROOT_CONTEXT, SpanKind, trace, type Link, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { AppError, type Logger, type Metrics } from '@tessera/runtime';
import type { TracedService } from '../start-tracing.ts';
import { parseTraceparent } from '../traceparent.ts';
import type { RequestSpan, Span, SpanKind as Kind, SpanOptions, Tracing } from '../tracing.ts';
import { ChosenIds } from './chosen-ids.ts';
import { LateSpan } from './late-span.ts';
import { OtlpSpan } from './otlp-span.ts';
import { watchedExporter } from './watched-exporter.ts';

export interface OtlpOptions {
  /** Base URL; `/v1/traces` is appended. */
  readonly endpoint: string;
  /** `name=value`, separated by commas. */
  readonly headers?: string | undefined;
  readonly caFile?: string | undefined;
  /** Share of the traces that are kept, 0–1. */
  readonly share: number;
  readonly service: TracedService;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Milliseconds between two sendings. Default 1000. */
  readonly sendEveryMilliseconds?: number;
}

/** Milliseconds for what is left at the end. */
const FLUSH = 5000;

const KINDS: Readonly<Record<Kind, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** Sends spans as OTLP (JSON over HTTP). Nothing of it is global: two services in one process have their own. */
export function createOtlpTracing(options: OtlpOptions): Tracing {
  const ids = new ChosenIds();
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: parseHeaders(options.headers ?? ''),
    ...(options.caFile === undefined ? {} : { httpAgentOptions: { ca: readAuthority(options.caFile) } }),
  });
  const provider = new TracerProvider({
    idGenerator: ids,
    // By the trace's id alone, which all processes know: no client can ask for being traced, and no trace has holes.
    sampler: new TraceIdRatioBasedSampler(options.share),
    resource: resourceFromAttributes({
      'service.name': options.service.name,
      'service.version': options.service.version,
      'service.instance.id': options.service.instance,
    }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: watchedExporter(exporter, options),
        scheduledDelayMillis: options.sendEveryMilliseconds ?? 1000,
        maxQueueSize: 16_384,
      }),
    ],
  });
  return new OtlpTracing(provider, ids);
}

class OtlpTracing implements Tracing {
  readonly on = true;
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #ids: ChosenIds;
  readonly #flow = new AsyncLocalStorage<Span>();

  constructor(provider: TracerProvider, ids: ChosenIds) {
    this.#provider = provider;
    this.#tracer = provider.getTracer('tessera');
    this.#ids = ids;
  }

  get current(): Span | undefined {
    return this.#flow.getStore();
  }

  begin(name: string, options: SpanOptions = {}): Span {
    const { identity, cause, links = [] } = options;
    // A span whose name is chosen belongs to that name's trace, whatever is under way.
    const usual = options.parent ?? (identity === undefined ? this.current?.traceparent : undefined);
    const joined = identity !== undefined && cause?.joins(identity, options.parent) === true;
    const parent = joined ? cause.traceparent : usual;
    const linked = cause?.traceparent === undefined || joined ? links : [...links, cause.traceparent];
    return new OtlpSpan(this.#start(name, { ...options, parent, links: linked }));
  }

  beginRequest({ kind = 'server', links = [] }: Pick<SpanOptions, 'kind' | 'links'> = {}): RequestSpan {
    return new LateSpan(this.#ids.generateSpanId(), (name, late) => this.#start(name, { kind, links, ...late }));
  }

  async span<Value>(name: string, options: SpanOptions, work: (span: Span) => Promise<Value>): Promise<Value> {
    const span = this.begin(name, options);
    try {
      return await this.#flow.run(span, () => work(span));
    } catch (error) {
      span.fail(AppError.from(error).code);
      throw error;
    } finally {
      span.end();
    }
  }

  within<Value>(span: Span, work: () => Value): Value {
    return this.#flow.run(span, work);
  }

  async close(): Promise<void> {
    await this.#provider.forceFlush({ timeoutMillis: FLUSH }).catch(() => undefined);
    await this.#provider.shutdown().catch(() => undefined);
  }

  #start(name: string, { kind = 'internal', parent, identity, links = [], attributes, start }: SpanOptions) {
    const above = parseTraceparent(parent);
    const context = above ? trace.setSpanContext(ROOT_CONTEXT, { ...above, isRemote: true }) : ROOT_CONTEXT;
    this.#ids.next = parseTraceparent(identity);
    try {
      return this.#tracer.startSpan(
        name,
        {
          kind: KINDS[kind],
          links: links.flatMap((link): Link[] => {
            const linked = parseTraceparent(link);
            return linked === undefined ? [] : [{ context: linked }];
          }),
          ...(attributes && { attributes }),
          ...(start && { startTime: start }),
        },
        context,
      );
    } finally {
      this.#ids.next = undefined;
    }
  }
}

function parseHeaders(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => pair.trim());
  return Object.fromEntries(
    pairs
      .filter((pair) => pair !== '')
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('INVALID_CONFIG', { message: `The certificate file ${file} can not be read.`, cause });
  }
}
