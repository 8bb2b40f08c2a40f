import { join } from 'node:path';
import { DEFAULT_DECODE_LIMITS, Decoder } from '@tessera/codec';
import { createExecutor, executorWorkShape } from '@tessera/executor';
import { createMaster, masterWorkShape } from '@tessera/master';
import { createInProcessHub } from '@tessera/queue/in-process';
import { createMetrics, parseConfig, silentLogger } from '@tessera/runtime';
import { createFolderStore } from '@tessera/storage/folder';
import { createPgliteStore } from '@tessera/store/pglite';
import { pgliteBeginning } from '../../services/pglite-beginning.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { MASTER_ENVIRONMENT, type StrategySite } from './strategies.contract.ts';

/** The parts of the embedded form with as many executors as wanted, in one process. */
export async function startOneProcessSite(): Promise<StrategySite> {
  const folder = await createTemporaryFolder('strategies');
  const logger = silentLogger();
  const hub = createInProcessHub({ logger });
  const store = await createPgliteStore({ folder: undefined, beginning: await pgliteBeginning(), logger });
  const objects = createFolderStore({ root: join(folder.path, 'objects') });
  const scratch = join(folder.path, 'scratch');
  const limits = { deadlineMilliseconds: 60_000, memoryBytes: 768 * 1024 * 1024, limits: DEFAULT_DECODE_LIMITS };
  const decoder = new Decoder({ children: 1, scratch, logger, ...limits });
  await decoder.start();
  const metrics = createMetrics();
  const broker = hub.connect();
  const config = parseConfig(masterWorkShape, {
    HOST: '127.0.0.1',
    PORT: '0',
    COOKIE_SECRET: 'a secret of the tests, which nobody else knows',
    METRICS_OPEN: 'true',
    MASTER_SCRATCH: join(scratch, 'uploads'),
    PAGE_FOLDER: folder.path,
    ...MASTER_ENVIRONMENT,
  });
  const master = createMaster({ objects, broker, store, decoder, logger, metrics, config });
  await master.start();
  return {
    url: master.url,
    metrics: async () => (await fetch(`${master.url}/metrics`)).text(),
    async startExecutor(id, env) {
      const own = hub.connect();
      const known = new Promise<void>((resolve) => {
        void own.subscribe('presence', (body) => {
          if ((body as { executor?: unknown }).executor === id) resolve();
        });
      });
      const executor = createExecutor({
        objects,
        broker: own,
        decoder,
        logger,
        metrics: createMetrics(),
        config: parseConfig(executorWorkShape, {
          EXECUTOR_ID: id,
          EXECUTOR_SLOTS: '2',
          EXECUTOR_SCRATCH: scratch,
          EXECUTOR_PRESENCE_MILLISECONDS: '500',
          ...env,
        }),
      });
      await executor.start();
      await known;
      return {
        stop: async () => {
          await executor.close();
          await own.close();
        },
      };
    },
    async stop() {
      await master.close();
      await broker.close();
      await decoder.close();
      await objects.close();
      await store.close();
      await waitUntil('the folder goes', async () => folder.remove().then(() => true), { ms: 10_000 });
    },
  };
}
