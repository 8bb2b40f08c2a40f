import { join } from 'node:path';
import { DEFAULT_DECODE_LIMITS, Decoder } from '@tessera/codec';
import { createRabbitMqBroker } from '@tessera/queue/rabbitmq';
import { AppError, Lifecycle, createLogger, createMetrics, parseConfig, readEnvironment } from '@tessera/runtime';
import { createS3Store } from '@tessera/storage/s3';
import { createPostgresStore } from '@tessera/store/postgres';
import { masterConfigShape, type FullMasterConfig } from './config.ts';
import { withFailPoint } from './fail-point.ts';
import { createMaster } from './master.ts';

async function run(config: FullMasterConfig): Promise<void> {
  const logger = createLogger({ name: 'master', level: config.LOG_LEVEL });
  const metrics = createMetrics({ process: true });
  const lifecycle = new Lifecycle(logger);
  lifecycle.exitOnSignals();
  const objects = createS3Store({
    endpoint: config.S3_ENDPOINT,
    region: config.S3_REGION,
    bucket: config.S3_BUCKET,
    accessKeyId: config.S3_ACCESS_KEY_ID,
    secretAccessKey: config.S3_SECRET_ACCESS_KEY,
    forcePathStyle: config.S3_FORCE_PATH_STYLE,
    caFile: config.S3_CA_FILE,
  });
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
  const decoder = new Decoder({
    children: config.DECODER_CHILDREN,
    deadlineMilliseconds: config.DECODER_DEADLINE_MILLISECONDS,
    memoryBytes: config.DECODER_MEMORY_BYTES,
    scratch: join(config.MASTER_SCRATCH, 'decoder'),
    limits: DEFAULT_DECODE_LIMITS,
    logger,
  });
  lifecycle.add('decoder', () => decoder.close());
  await decoder.start();
  const die = (): never => process.kill(process.pid, 'SIGKILL') as never;
  const parts = config.FAIL_POINT ? withFailPoint(config.FAIL_POINT, { broker, store }, die) : { broker, store };
  const master = createMaster({ objects, ...parts, decoder, logger, metrics, config });
  lifecycle.add('master', () => master.close());
  await master.start();
}

try {
  await run(parseConfig(masterConfigShape, readEnvironment()));
} catch (error) {
  process.stderr.write(`${AppError.from(error).message}\n`);
  process.exit(AppError.is(error) && error.code === 'INVALID_CONFIG' ? 78 : 1);
}
