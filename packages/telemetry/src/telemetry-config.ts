import { number, type ConfigShape } from '@tessera/runtime';
import { z } from 'zod';

/** Where traces go, by the names that OpenTelemetry gives these variables. */
export const telemetryConfigShape = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' })
    .optional()
    .describe(
      'URL of a receiver of traces that speaks OTLP over HTTP, without /v1/traces: http://collector:4318. Without one nothing is traced.',
    ),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^\s*[^=,\s]+=[^,]*(,\s*[^=,\s]+=[^,]*)*$/, 'must be name=value, separated by commas')
    .optional()
    .describe('Headers for the receiver, name=value separated by commas: its token, for one.'),
  OTEL_EXPORTER_OTLP_CERTIFICATE: z
    .string()
    .optional()
    .describe('PEM file of the authority that signed the receiver’s certificate.'),
  OTEL_TRACES_SAMPLER_ARG: number({ min: 0, max: 1, default: 1 }).describe(
    'Share of the images that are traced; the same for masters and executors, which then keep the same traces whole.',
  ),
} as const satisfies ConfigShape;

export type TelemetryConfig = Readonly<z.output<z.ZodObject<typeof telemetryConfigShape>>>;
