import { availableParallelism, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { flag, integer, type ConfigShape } from '@tessera/runtime';
import { z } from 'zod';

const MEBIBYTE = 1024 * 1024;

/** The work an executor does, wherever it runs. */
export const executorWorkShape = {
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
} as const satisfies ConfigShape;

/** The decoding children. */
export const decoderShape = {
  DECODER_CHILDREN: integer({ min: 1, max: 64, default: 2 }).describe('Child processes that decode images.'),
  DECODER_DEADLINE_MILLISECONDS: integer({ min: 1000, default: 20_000 }).describe(
    'Milliseconds that decoding an ordinary image may take; large images get more in proportion.',
  ),
  DECODER_MEMORY_BYTES: integer({ min: 128 * MEBIBYTE, default: 768 * MEBIBYTE }).describe(
    'Resident bytes above which a decoding child is killed.',
  ),
} as const satisfies ConfigShape;

/** An executor on a machine of its own: broker and object store are all it needs. */
export const executorConfigShape = {
  ...executorWorkShape,
  ...decoderShape,
  AMQP_URL: z
    .string()
    .default('amqp://127.0.0.1:5672')
    .describe('URL of RabbitMQ (amqp:// or amqps://), with user and password.'),
  AMQP_CA_FILE: z.string().optional().describe('PEM file of the authority that signed the broker’s certificate.'),
  S3_ENDPOINT: z.string().optional().describe('URL of the S3 server; leave out for AWS.'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket.'),
  S3_BUCKET: z.string().default('tessera').describe('Bucket for uploads, work and results.'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Access key; leave out to use the machine’s role.'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret key.'),
  S3_FORCE_PATH_STYLE: flag(true).describe('Put the bucket in the path, not in the host name.'),
  S3_CA_FILE: z.string().optional().describe('PEM file of the authority that signed the S3 server’s certificate.'),
  MAX_ATTEMPTS: integer({ min: 1, max: 20, default: 3 }).describe(
    'Deliveries of a task before it is given up; the same for masters and executors.',
  ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe lines that are logged.'),
  EXECUTOR_METRICS_PORT: integer({ min: 0, max: 65_535, default: 0 }).describe(
    'Port on 127.0.0.1 for /metrics and /healthz; 0: none.',
  ),
} as const satisfies ConfigShape;

export type ExecutorWorkConfig = Readonly<z.output<z.ZodObject<typeof executorWorkShape>>>;
export type ExecutorConfig = Readonly<z.output<z.ZodObject<typeof executorConfigShape>>>;
