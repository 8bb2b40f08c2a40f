import { availableParallelism, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { decoderConfigShape } from '@tessera/codec';
import { rabbitMqConfigShape } from '@tessera/queue/config';
import { integer, number, type ConfigShape } from '@tessera/runtime';
import { outboundConfigShape } from '@tessera/runtime/outbound';
import { s3ConfigShape } from '@tessera/storage/config';
import { telemetryConfigShape } from '@tessera/telemetry/config';
import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;

/** The work an executor does, wherever it runs. */
export const executorWorkShape = {
  ...outboundConfigShape,
  EXECUTOR_ID: z
    .string()
    .min(1)
    .max(64)
    .default(`${hostname()}-${process.pid}`)
    .describe('Name of this executor, unique among all; default: host name and process id.'),
  EXECUTOR_SLOTS: integer({ min: 1, max: 256, default: availableParallelism() }).describe(
    'Tasks that run at one time; default: the number of cores.',
  ),
  EXECUTOR_SCRATCH: z
    .string()
    .default(join(tmpdir(), 'tessera-executor'))
    .describe('Folder for decoded images; emptied at start.'),
  EXECUTOR_SCRATCH_QUOTA: integer({ min: 64 * MEBIBYTE, default: 16_384 * MEBIBYTE }).describe(
    'Bytes that decoded images may take on disk.',
  ),
  EXECUTOR_PRESENCE_MILLISECONDS: integer({ min: 100, max: 5000, default: 2000 }).describe(
    'Milliseconds between two heartbeats.',
  ),
  EXECUTOR_DRAIN_SECONDS: integer({ min: 1, max: 600, default: 25 }).describe(
    'Seconds that running tasks may take to finish after SIGTERM; those left go back to the queue.',
  ),
  EXECUTOR_LOAD_LIMIT: number({ min: 0, max: 1, default: 1 }).describe(
    'Share of all cores (0–1) that other programs may use before this executor turns tasks away; 1: it never does.',
  ),
  EXECUTOR_LOAD_PROBABILITY: number({ min: 0, max: 1, default: 0 }).describe(
    'For demonstrations and tests: the probability (0–1) with which a task finds this executor too busy, though it is not.',
  ),
  EXECUTOR_LOAD_DELAY_MILLISECONDS: integer({ min: 0, max: 600_000, default: 0 }).describe(
    'What such a task finds: 0: it is turned away; more: it is done, so many milliseconds later.',
  ),
} as const satisfies ConfigShape;

/** An executor on a machine of its own: broker and object store are all it needs. */
export const executorConfigShape = {
  ...executorWorkShape,
  ...decoderConfigShape,
  ...rabbitMqConfigShape,
  ...s3ConfigShape,
  ...telemetryConfigShape,
  MAX_ATTEMPTS: integer({ min: 1, max: 20, default: 3 }).describe(
    'Deliveries of a task before it is given up; the same for masters and executors.',
  ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe lines that are logged.'),
  EXECUTOR_METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address for /metrics and /healthz; one that only your Prometheus and probes reach, for it asks nobody who they are.',
    ),
  EXECUTOR_METRICS_PORT: integer({ min: 0, max: 65_535, default: 0 }).describe(
    'Port for /metrics and /healthz; 0: none.',
  ),
  EXECUTOR_MEDIAN_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address for POST /median; without TLS: let only a proxy or a private network reach it.'),
  EXECUTOR_MEDIAN_PORT: integer({ min: 0, max: 65_535, default: 0 }).describe('Port for POST /median; 0: none.'),
  EXECUTOR_MEDIAN_TOKEN: z
    .string()
    .min(32, 'a token must be 32 characters or longer')
    .optional()
    .describe('Who sends it may ask for medians; needed with EXECUTOR_MEDIAN_PORT.'),
  EXECUTOR_MEDIAN_PREFIX: z
    .string()
    .min(1)
    .default('medians/')
    .describe('Keys that medians are stored under begin with it.'),
} as const satisfies ConfigShape;

export type ExecutorWorkConfig = Readonly<z.output<z.ZodObject<typeof executorWorkShape>>>;
export type ExecutorConfig = Readonly<z.output<z.ZodObject<typeof executorConfigShape>>>;
