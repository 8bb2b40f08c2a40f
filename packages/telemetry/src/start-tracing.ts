import type { Logger, Metrics } from '@tessera/runtime';
import type { TelemetryConfig } from './telemetry-config.ts';
import { noTracing, type Tracing } from './tracing.ts';

export interface TracedService {
  /** `tessera-master`, `tessera-executor` or `tessera`. */
  readonly name: string;
  readonly version: string;
  /** Name of this process among those of the service. */
  readonly instance: string;
}

/** Traces to the receiver that the configuration names. Without one nothing of OpenTelemetry is even loaded. */
export async function startTracing(
  config: TelemetryConfig,
  service: TracedService,
  parts: { readonly logger: Logger; readonly metrics: Metrics },
): Promise<Tracing> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return noTracing;
  const { createOtlpTracing } = await import('./otlp/index.ts');
  return createOtlpTracing({
    endpoint,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    caFile: config.OTEL_EXPORTER_OTLP_CERTIFICATE,
    share: config.OTEL_TRACES_SAMPLER_ARG,
    service,
    ...parts,
  });
}
