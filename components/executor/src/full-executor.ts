import { join } from 'node:path';
import { Decoder, decoderOptions } from '@tessera/codec';
import { DEFAULT_SAMPLE_BUDGET } from '@tessera/geo';
import { createRabbitMqBroker } from '@tessera/queue/rabbitmq';
import { AppError, createMetrics, type Lifecycle, type Logger, type Metrics } from '@tessera/runtime';
import type { UrlAccess } from '@tessera/runtime/outbound';
import type { ObjectStore } from '@tessera/storage';
import { s3Options } from '@tessera/storage/config';
import { openS3Store } from '@tessera/storage/s3';
import {
  buildInfo,
  certificateExpiry,
  scratchSpace,
  startTracing,
  tracedBroker,
  watchDecoder,
  watchObjects,
  type Tracing,
} from '@tessera/telemetry';
import type { ExecutorConfig } from './config.ts';
import { Executor } from './executor.ts';
import { makeMedian, type MedianDeps } from './median/make-median.ts';
import { serveMedian, type MedianServerOptions } from './median/serve-median.ts';
import { PushWork } from './push/push-work.ts';
import { serveTasks } from './push/serve-tasks.ts';
import { serveMetrics } from './serve-metrics.ts';
import type { TaskWork } from './task-work.ts';
import { scratchFolder, Workshop } from './workshop.ts';

/** Medians that an executor makes at one time at most: they share the memory for samples. */
const MAX_MEDIANS = 2;
/** Seconds that an executor needs, besides its tasks, to stop. */
const SETTLE_SECONDS = 10;

/**
 * Starts an executor on RabbitMQ and S3 in this process, or one that is asked over HTTP; `lifecycle` ends it.
 *
 * @param urls how addresses given by visitors are reached; default: the public internet.
 * @throws AppError where a server can not be used.
 */
export async function startFullExecutor(
  config: ExecutorConfig,
  logger: Logger,
  lifecycle: Lifecycle,
  urls?: UrlAccess,
): Promise<void> {
  const metrics = createMetrics({ process: true });
  const { version } = buildInfo(metrics, 'executor', new URL('../package.json', import.meta.url));
  const service = { name: 'tessera-executor', version, instance: config.EXECUTOR_ID };
  const tracing = await startTracing(config, service, { logger, metrics });
  lifecycle.add('tracing', () => tracing.close());
  const watch = { metrics, tracing };
  scratchSpace(metrics, scratchFolder(config));
  const { AMQP_CA_FILE, S3_CA_FILE } = config;
  certificateExpiry(metrics, { AMQP_CA_FILE, S3_CA_FILE });
  const objects = await openS3Store(s3Options(config));
  lifecycle.add('objects', () => objects.close());
  const decoder = await openDecoder(config, logger, lifecycle);
  const work = openWork(config, { objects, decoder, logger, watch, urls });
  if (config.EXECUTOR_QUEUE) {
    const broker = await openBroker(config, { logger, metrics });
    lifecycle.add('broker', () => broker.close());
    const traced = tracedBroker(broker, tracing, { system: 'rabbitmq', executor: config.EXECUTOR_ID });
    const executor = new Executor({ broker: traced, logger, metrics, config, work });
    lifecycle.add('executor', () => executor.close(), (config.EXECUTOR_DRAIN_SECONDS + SETTLE_SECONDS) * 1000);
    await executor.start();
  } else {
    lifecycle.add('work', () => work.close());
    await work.start();
  }
  await startTasks(config, work, logger, lifecycle);
  await startMedian(config, { objects, decoder }, logger, lifecycle);
  if (config.EXECUTOR_METRICS_PORT === 0) return;
  const server = await serveMetrics(metrics, config.EXECUTOR_METRICS_HOST, config.EXECUTOR_METRICS_PORT);
  lifecycle.add('metrics', () => void server.close());
}

/** Decoding processes, where there is something to decode here. */
async function openDecoder(config: ExecutorConfig, logger: Logger, lifecycle: Lifecycle): Promise<Decoder | undefined> {
  if (config.PUSH_WORKERS !== undefined && config.EXECUTOR_MEDIAN_PORT === 0) return undefined;
  const decoder = new Decoder(decoderOptions(config, scratchFolder(config), logger));
  lifecycle.add('decoder', () => decoder.close());
  await decoder.start();
  return decoder;
}

interface WorkParts {
  readonly objects: ObjectStore;
  readonly decoder: Decoder | undefined;
  readonly logger: Logger;
  readonly urls: UrlAccess | undefined;
  readonly watch: { readonly metrics: Metrics; readonly tracing: Tracing };
}

/** This process itself, or the workers that are named. */
function openWork(config: ExecutorConfig, { decoder, logger, watch, urls, ...parts }: WorkParts): TaskWork {
  const objects = watchObjects(parts.objects, watch);
  const { PUSH_WORKERS: workers, PUSH_TOKEN: token } = config;
  if (workers === undefined && decoder !== undefined) {
    const watched = watchDecoder(decoder, watch);
    return new Workshop({ objects, decoder: watched, logger, tracing: watch.tracing, config, urls });
  }
  if (workers === undefined || token === undefined)
    throw new AppError('INVALID_CONFIG', { message: 'PUSH_WORKERS needs PUSH_TOKEN.' });
  return new PushWork({ objects, logger, workers, token });
}

function openBroker(config: ExecutorConfig, watch: { readonly logger: Logger; readonly metrics: Metrics }) {
  return createRabbitMqBroker({
    url: config.AMQP_URL,
    name: config.EXECUTOR_ID,
    role: 'executor',
    declare: false,
    deliveryLimit: config.MAX_ATTEMPTS,
    caFile: config.AMQP_CA_FILE,
    ...watch,
  });
}

/** Serves `POST /tasks` where that is asked for. */
async function startTasks(config: ExecutorConfig, work: TaskWork, logger: Logger, lifecycle: Lifecycle): Promise<void> {
  const { EXECUTOR_TASKS_HOST: host, EXECUTOR_TASKS_PORT: port, EXECUTOR_TASKS_TOKEN: token } = config;
  if (port === 0) return;
  if (token === undefined)
    throw new AppError('INVALID_CONFIG', { message: 'EXECUTOR_TASKS_PORT needs EXECUTOR_TASKS_TOKEN.' });
  const server = await serveTasks({ host, port, token, parallel: config.EXECUTOR_SLOTS, work, logger });
  lifecycle.add('tasks', () => server.close());
}

/** Serves `POST /median` where that is asked for. */
async function startMedian(
  config: ExecutorConfig,
  { objects, decoder }: Pick<MedianDeps, 'objects'> & { readonly decoder: Decoder | undefined },
  logger: Logger,
  lifecycle: Lifecycle,
): Promise<void> {
  const { EXECUTOR_MEDIAN_HOST: host, EXECUTOR_MEDIAN_PORT: port, EXECUTOR_MEDIAN_TOKEN: token } = config;
  if (port === 0 || decoder === undefined) return;
  if (token === undefined)
    throw new AppError('INVALID_CONFIG', { message: 'EXECUTOR_MEDIAN_PORT needs EXECUTOR_MEDIAN_TOKEN.' });
  const parallel = Math.min(config.EXECUTOR_SLOTS, MAX_MEDIANS);
  const deps: MedianDeps = {
    objects,
    decoder,
    prefix: config.EXECUTOR_MEDIAN_PREFIX,
    budget: DEFAULT_SAMPLE_BUDGET / parallel,
    scratch: join(scratchFolder(config), 'medians'),
    scratchBytes: config.EXECUTOR_SCRATCH_QUOTA / parallel,
  };
  const make: MedianServerOptions['make'] = (request, signal) => makeMedian(deps, request, signal);
  const server = await serveMedian({ host, port, token, parallel, make, logger });
  lifecycle.add('median', () => server.close());
}
