import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace';
import type { TraceContext } from '../traceparent.ts';

/** Random ids, except for a span whose name is chosen: `next` is asked for within the same turn of the event loop. */
export class ChosenIds implements IdGenerator {
  readonly #random = new RandomIdGenerator();
  next: TraceContext | undefined;

  readonly generateTraceId = (): string => this.next?.traceId ?? this.#random.generateTraceId();
  readonly generateSpanId = (): string => this.next?.spanId ?? this.#random.generateSpanId();
}
