import { hostname } from 'node:os';
import { join } from 'node:path';
import { Decoder, decoderOptions } from '@tessera/codec';
import { createRabbitMqBroker } from '@tessera/queue/rabbitmq';
import { createMetrics, type Lifecycle, type Logger } from '@tessera/runtime';
import type { UrlAccess } from '@tessera/runtime/outbound';
import { s3Options } from '@tessera/storage/config';
import { openS3Store } from '@tessera/storage/s3';
import { createPostgresStore } from '@tessera/store/postgres';
import {
  buildInfo,
  certificateExpiry,
  scratchSpace,
  startTracing,
  tracedBroker,
  watchDecoder,
  watchObjects,
  watchStore,
} from '@tessera/telemetry';
import { drainMilliseconds, type FullMasterConfig } from './config.ts';
import { withFailPoint } from './fail-point.ts';
import { readCosts } from './jobs/read-costs.ts';
import { createMaster } from './master.ts';

/**
 * Starts a master on RabbitMQ, S3 and PostgreSQL in this process; `lifecycle` ends it.
 *
 * @param urls how addresses given by visitors are reached; default: the public internet.
 * @throws AppError where a server can not be used.
 */
export async function startFullMaster(
  config: FullMasterConfig,
  logger: Logger,
  lifecycle: Lifecycle,
  urls?: UrlAccess,
): Promise<void> {
  const metrics = createMetrics({ process: true });
  const { version } = buildInfo(metrics, 'master', new URL('../package.json', import.meta.url));
  const service = { name: 'tessera-master', version, instance: `${hostname()}-${process.pid}` };
  const tracing = await startTracing(config, service, { logger, metrics });
  lifecycle.add('tracing', () => tracing.close());
  const watch = { metrics, tracing };
  scratchSpace(metrics, config.MASTER_SCRATCH);
  const { AMQP_CA_FILE, S3_CA_FILE, DATABASE_CA_FILE } = config;
  certificateExpiry(metrics, { AMQP_CA_FILE, S3_CA_FILE, DATABASE_CA_FILE });
  const objects = await openS3Store(s3Options(config));
  lifecycle.add('objects', () => objects.close());
  const store = await createPostgresStore({ url: config.DATABASE_URL, caFile: config.DATABASE_CA_FILE, logger });
  lifecycle.add('store', () => store.close());
  const broker = await createRabbitMqBroker({
    url: config.AMQP_URL,
    name: `master-${process.pid}`,
    role: 'master',
    declare: true,
    deliveryLimit: config.MAX_ATTEMPTS,
    caFile: config.AMQP_CA_FILE,
    logger,
    metrics,
  });
  lifecycle.add('broker', () => broker.close());
  const decoder = new Decoder(decoderOptions(config, join(config.MASTER_SCRATCH, 'decoder'), logger));
  lifecycle.add('decoder', () => decoder.close());
  await decoder.start();
  const die = (): never => process.kill(process.pid, 'SIGKILL') as never;
  const parts = config.FAIL_POINT ? withFailPoint(config.FAIL_POINT, { broker, store }, die) : { broker, store };
  const master = createMaster({
    objects: watchObjects(objects, watch),
    broker: tracedBroker(parts.broker, tracing, { system: 'rabbitmq' }),
    store: watchStore(parts.store, watch),
    decoder: watchDecoder(decoder, watch),
    logger,
    metrics,
    tracing,
    config,
    urls,
    costs: await readCosts(config.COSTS_FILE),
  });
  lifecycle.add('master', () => master.close(), drainMilliseconds(config));
  await master.start();
}
