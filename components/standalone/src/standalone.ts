import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Decoder, decoderOptions } from '@tessera/codec';
import { createExecutor } from '@tessera/executor';
import { createMaster, masterWorkShape, readCosts, type UrlAccess } from '@tessera/master';
import { createInProcessBroker } from '@tessera/queue/in-process';
import { createMetrics, Lifecycle, type Logger } from '@tessera/runtime';
import { createFolderStore } from '@tessera/storage/folder';
import { lockFolder } from '@tessera/store';
import { createPgliteStore } from '@tessera/store/pglite';
import {
  buildInfo,
  scratchSpace,
  startTracing,
  tracedBroker,
  watchDecoder,
  watchObjects,
  watchStore,
} from '@tessera/telemetry';
import type { StandaloneConfig } from './config.ts';
import { cookieSecret } from './cookie-secret.ts';

/** A running site. */
export interface Standalone {
  readonly url: string;
  close(): Promise<void>;
}

export interface StandaloneOptions {
  /** How addresses given by visitors are reached; default: the public internet. */
  readonly urls?: UrlAccess;
  /** What a new database begins with, see `pgliteTemplate`; default: it is made from nothing, which takes seconds. */
  readonly beginning?: Blob;
}

/**
 * Starts the whole service in this process, with no other server: queue in memory, objects in files, PGlite as the
 * database. The data folder is locked; a second process on it is refused.
 *
 * @throws AppError DATA_FOLDER_LOCKED.
 */
export async function startStandalone(
  config: StandaloneConfig,
  logger: Logger,
  options: StandaloneOptions = {},
): Promise<Standalone> {
  const lifecycle = new Lifecycle(logger);
  try {
    return await start(config, logger, lifecycle, options);
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

async function start(
  config: StandaloneConfig,
  logger: Logger,
  lifecycle: Lifecycle,
  { urls, beginning }: StandaloneOptions,
): Promise<Standalone> {
  const folder = resolve(config.TESSERA_DATA);
  const scratch = join(folder, 'scratch');
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  lifecycle.add('lock', () => lock.release());

  const metrics = createMetrics({ process: true });
  const { version } = buildInfo(metrics, 'standalone', new URL('../package.json', import.meta.url));
  const service = { name: 'tessera', version, instance: config.EXECUTOR_ID };
  const tracing = await startTracing(config, service, { logger, metrics });
  lifecycle.add('tracing', () => tracing.close());
  const watch = { metrics, tracing };
  scratchSpace(metrics, scratch);
  const store = await createPgliteStore({
    folder: join(folder, 'database'),
    ...(beginning && { beginning }),
    logger,
  });
  lifecycle.add('store', () => store.close());
  const objects = createFolderStore({ root: join(folder, 'objects') });
  lifecycle.add('objects', () => objects.close());
  const broker = createInProcessBroker({ logger, deliveryLimit: config.MAX_ATTEMPTS });
  lifecycle.add('broker', () => broker.close());
  const decoder = new Decoder(decoderOptions(config, scratch, logger));
  lifecycle.add('decoder', () => decoder.close());
  await decoder.start();

  const executorConfig = { ...config, EXECUTOR_SCRATCH: join(scratch, 'executor') };
  const shared = {
    objects: watchObjects(objects, watch),
    decoder: watchDecoder(decoder, watch),
    broker: tracedBroker(broker, tracing, { system: 'in_process', executor: config.EXECUTOR_ID }),
    logger,
    metrics,
    tracing,
  };
  const executor = createExecutor({ ...shared, urls, config: executorConfig });
  lifecycle.add('executor', () => executor.close());
  await executor.start();

  const secrets = config.COOKIE_SECRET ?? masterWorkShape.COOKIE_SECRET.parse(await cookieSecret(folder));
  const masterConfig = { ...config, COOKIE_SECRET: secrets, MASTER_SCRATCH: join(scratch, 'uploads') };
  const costs = await readCosts(config.COSTS_FILE);
  const master = createMaster({ ...shared, store: watchStore(store, watch), urls, costs, config: masterConfig });
  lifecycle.add('master', () => master.close());
  await master.start();
  return { url: master.url, close: () => lifecycle.close() };
}
