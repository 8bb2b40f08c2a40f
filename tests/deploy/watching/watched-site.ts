import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster } from '../../cluster/cluster.ts';
import { freePort } from '../../services/free-port.ts';
import { createTemporaryFolder } from '../../services/temporary-folder.ts';
import { pageSettings } from '../pages/page-settings.ts';
import { ownServers } from '../../cluster/own-servers.ts';
import { TraceReceiver } from './trace-receiver.ts';

/** A master and two executors with everything on that can be watched. */
export interface WatchedSite {
  readonly cluster: Cluster;
  readonly receiver: TraceReceiver;
  readonly executorPorts: readonly number[];
  stop(): Promise<void>;
}

export async function startWatchedSite(): Promise<WatchedSite> {
  const receiver = await TraceReceiver.start();
  const folder = await createTemporaryFolder('watched');
  const headers = join(folder.path, 'otlp-headers');
  await writeFile(headers, 'x-token=sesame');
  // As the page has it, but with every image.
  const env = pageSettings('docs/operator/watching.md', 'settings', {
    'http://collector:4318': receiver.url,
    '/run/secrets/otlp-headers': headers,
    '=0.1': '=1',
  });
  const cluster = await Cluster.start(await ownServers(), { executors: 0, slots: 1, env });
  const executorPorts = [await freePort(), await freePort()];
  for (const port of executorPorts) cluster.startExecutor({ EXECUTOR_METRICS_PORT: String(port) });
  await cluster.waitForExecutors(executorPorts.length);
  const stop = async (): Promise<void> => {
    await cluster.stop();
    await receiver.stop();
    await folder.remove();
  };
  return { cluster, receiver, executorPorts, stop };
}
