import { createServer } from 'node:http';
import { Decoder, decoderOptions } from '@tessera/codec';
import { createRabbitMqBroker } from '@tessera/queue/rabbitmq';
import {
  AppError,
  Lifecycle,
  createLogger,
  createMetrics,
  parseConfig,
  readEnvironment,
  type Metrics,
} from '@tessera/runtime';
import { s3Options } from '@tessera/storage/config';
import { createS3Store } from '@tessera/storage/s3';
import { executorConfigShape, type ExecutorConfig } from './config.ts';
import { createExecutor, scratchFolder } from './executor.ts';

/** Figures and liveness for a local scraper; loopback only. */
async function serveMetrics(metrics: Metrics, port: number, lifecycle: Lifecycle): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url === '/healthz') return response.end('ok\n');
    if (request.url !== '/metrics') return response.writeHead(404).end();
    void metrics.registry.metrics().then((text) => {
      response.setHeader('content-type', metrics.registry.contentType);
      response.end(text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  lifecycle.add('metrics', () => void server.close());
}

async function run(config: ExecutorConfig): Promise<void> {
  const logger = createLogger({ name: 'executor', level: config.LOG_LEVEL });
  const metrics = createMetrics({ process: true });
  const lifecycle = new Lifecycle(logger);
  lifecycle.exitOnSignals();
  const objects = createS3Store(s3Options(config));
  lifecycle.add('objects', () => objects.close());
  const broker = await createRabbitMqBroker({
    url: config.AMQP_URL,
    name: config.EXECUTOR_ID,
    role: 'executor',
    declare: false,
    deliveryLimit: config.MAX_ATTEMPTS,
    caFile: config.AMQP_CA_FILE,
    logger,
    metrics,
  });
  lifecycle.add('broker', () => broker.close());
  const decoder = new Decoder(decoderOptions(config, scratchFolder(config), logger));
  lifecycle.add('decoder', () => decoder.close());
  await decoder.start();
  const executor = createExecutor({ objects, broker, logger, metrics, config, decoder });
  lifecycle.add('executor', () => executor.close());
  await executor.start();
  if (config.EXECUTOR_METRICS_PORT > 0) await serveMetrics(metrics, config.EXECUTOR_METRICS_PORT, lifecycle);
}

try {
  await run(parseConfig(executorConfigShape, readEnvironment()));
} catch (error) {
  process.stderr.write(`${AppError.from(error).message}\n`);
  process.exit(AppError.is(error) && error.code === 'INVALID_CONFIG' ? 78 : 1);
}
