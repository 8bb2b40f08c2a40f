export { createOtlpTracing, type OtlpOptions } from './otlp-tracing.ts';
