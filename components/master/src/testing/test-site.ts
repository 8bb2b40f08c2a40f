import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createExecutor, executorWorkShape, type Executor } from '@tessera/executor';
import type { Broker } from '@tessera/queue';
import { createInProcessHub } from '@tessera/queue/in-process';
import { createLogger, createMetrics, parseConfig } from '@tessera/runtime';
import { outboundConfigShape, type UrlAccess } from '@tessera/runtime/outbound';
import type { ObjectStore } from '@tessera/storage';
import { createMemoryStore } from '@tessera/storage/memory';
import type { JobStore } from '@tessera/store';
import { masterWorkShape } from '../config.ts';
import { createMaster, type Master } from '../master.ts';
import { TestClient } from './test-client.ts';
import type { TestParts } from './test-parts.ts';
import { until } from './until.ts';

export { until };

export const ADMIN_TOKEN = 'the-token-of-the-operator';

export interface SiteOptions {
  /** Variables besides those that every test site has. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Slots of an executor that works for the site; default: none. */
  readonly slots?: number;
  /** Default: the public internet. */
  readonly urls?: UrlAccess;
  readonly wrapBroker?: (broker: Broker) => Broker;
  readonly wrapObjects?: (objects: ObjectStore) => ObjectStore;
  readonly wrapStore?: (store: JobStore) => JobStore;
}

/** A master on real parts, and what tests ask of it. */
export class TestSite {
  readonly objects: ObjectStore;
  /** A connection besides the master's, as executors have. */
  readonly broker: Broker;
  readonly store: JobStore;
  readonly log: string[] = [];
  readonly scratch: string;
  readonly client: TestClient;
  readonly #master: Master;
  readonly #executor: Executor | undefined;

  private constructor(
    site: { master: Master; executor?: Executor | undefined } & Pick<
      TestSite,
      'objects' | 'broker' | 'store' | 'log' | 'scratch'
    >,
  ) {
    this.objects = site.objects;
    this.broker = site.broker;
    this.store = site.store;
    this.log = site.log;
    this.scratch = site.scratch;
    this.#master = site.master;
    this.#executor = site.executor;
    this.client = new TestClient(site.master.url);
  }

  static async start(parts: TestParts, options: SiteOptions = {}): Promise<TestSite> {
    const log: string[] = [];
    const logger = createLogger({
      name: 'test',
      level: 'debug',
      destination: { write: (line) => void log.push(line) },
    });
    const folder = await mkdtemp(join(parts.folder, 'site-'));
    const scratch = join(folder, 'uploads');
    const hub = createInProcessHub({ logger });
    const broker = hub.connect();
    const objects = createMemoryStore();
    const store = options.wrapStore?.(parts.store) ?? parts.store;
    const executor =
      options.slots === undefined ? undefined : await startExecutor(parts, folder, { objects, broker }, options);
    const master = createMaster({
      objects: options.wrapObjects?.(objects) ?? objects,
      broker: options.wrapBroker?.(hub.connect()) ?? hub.connect(),
      store,
      decoder: parts.decoder,
      logger,
      metrics: createMetrics(),
      urls: options.urls,
      config: parseConfig(masterWorkShape, {
        HOST: '127.0.0.1',
        PORT: '0',
        COOKIE_SECRET: 'a secret of the tests, which nobody else knows',
        ADMIN_TOKEN,
        MASTER_SCRATCH: scratch,
        PAGE_FOLDER: join(folder, 'page'),
        ...options.environment,
      }),
    });
    await master.start();
    return new TestSite({ master, executor, objects, broker, store, log, scratch });
  }

  get url(): string {
    return this.#master.url;
  }

  /** Keys of the stored objects below a prefix. */
  async keys(prefix = ''): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of this.objects.list(prefix)) keys.push(key);
    return keys;
  }

  /** Names of the files that wait to be probed. */
  scratchFiles(): Promise<readonly string[]> {
    return readdir(this.scratch);
  }

  /** Resolves when nothing is left of uploads, neither objects nor scratch files; fails after 10 s. */
  async untilEmpty(): Promise<void> {
    await until(async () => (await this.keys('uploads/')).length + (await this.scratchFiles()).length === 0);
  }

  async close(): Promise<void> {
    await this.#executor?.close();
    await this.#master.close();
    await this.broker.close();
  }
}

async function startExecutor(
  parts: TestParts,
  folder: string,
  ports: { objects: ObjectStore; broker: Broker },
  { slots = 1, urls, environment = {} }: SiteOptions,
): Promise<Executor> {
  const logger = createLogger({ name: 'executor', level: 'silent' });
  const config = parseConfig(executorWorkShape, {
    EXECUTOR_SLOTS: String(slots),
    EXECUTOR_SCRATCH: join(parts.folder, 'decoder', folder.split('/').at(-1) ?? ''),
    EXECUTOR_PRESENCE_MILLISECONDS: '100',
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => name in outboundConfigShape)),
  });
  const { decoder } = parts;
  const executor = createExecutor({ ...ports, logger, metrics: createMetrics(), config, decoder, urls });
  await executor.start();
  return executor;
}
