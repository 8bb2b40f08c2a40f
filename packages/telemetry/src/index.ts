export { buildInfo, type Build } from './figures/build-info.ts';
export { certificateExpiry } from './figures/certificate-expiry.ts';
export { queueDepths } from './figures/queue-depths.ts';
export { scratchSpace } from './figures/scratch-space.ts';
export { aroundCalls } from './ports/around-calls.ts';
export { tracedBroker, type BrokerPlace } from './ports/traced-broker.ts';
export { watchCalls, type Watch, type WatchedPort } from './ports/watch-calls.ts';
export { watchDecoder, watchObjects, watchStore } from './ports/watched-parts.ts';
export { startTracing, type TracedService } from './start-tracing.ts';
export { publicRef, submitSpan, uploadSpan } from './trace-ids.ts';
export {
  noTracing,
  type Attributes,
  type RequestSpan,
  type Span,
  type SpanKind,
  type SpanOptions,
  type Tracing,
} from './tracing.ts';
