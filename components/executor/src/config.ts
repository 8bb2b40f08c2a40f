import { availableParallelism, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { decoderConfigShape } from '@tessera/codec';
import { rabbitMqConfigShape } from '@tessera/queue/config';
import { flag, integer, number, type ConfigShape } from '@tessera/runtime';
import { outboundConfigShape } from '@tessera/runtime/outbound';
import { s3ConfigShape } from '@tessera/storage/config';
import { telemetryConfigShape } from '@tessera/telemetry/config';
import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;

const token = z.string().min(32, 'a token must be 32 characters or longer');

const addresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(
    z.array(z.url({ protocol: /^https?$/, error: 'must be http or https addresses with commas between them' })).min(1),
  );

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
  EXECUTOR_MEDIAN_TOKEN: token
    .optional()
    .describe('Who sends it may ask for medians; needed with EXECUTOR_MEDIAN_PORT.'),
  EXECUTOR_MEDIAN_PREFIX: z
    .string()
    .min(1)
    .default('medians/')
    .describe('Keys that medians are stored under begin with it.'),
  EXECUTOR_QUEUE: flag(true).describe(
    'Take tasks from the queue. With false only those that come over HTTP (EXECUTOR_TASKS_PORT) are done, and no broker is needed.',
  ),
  EXECUTOR_TASKS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address for POST /tasks; without TLS: let only a proxy or a private network reach it.'),
  EXECUTOR_TASKS_PORT: integer({ min: 0, max: 65_535, default: 0 }).describe('Port for POST /tasks; 0: none.'),
  EXECUTOR_TASKS_TOKEN: token
    .optional()
    .describe('Who sends it may have any task done; needed with EXECUTOR_TASKS_PORT.'),
  PUSH_WORKERS: addresses
    .optional()
    .describe(
      'Addresses of workers with commas between them, such as https://worker.example: this executor does no task itself, but sends each that it takes to POST /tasks of one of them; EXECUTOR_SLOTS is the number under way; default: none.',
    ),
  PUSH_TOKEN: token.optional().describe('What these workers know as EXECUTOR_TASKS_TOKEN; needed with PUSH_WORKERS.'),
} as const satisfies ConfigShape;

export type ExecutorWorkConfig = Readonly<z.output<z.ZodObject<typeof executorWorkShape>>>;
export type ExecutorConfig = Readonly<z.output<z.ZodObject<typeof executorConfigShape>>>;
