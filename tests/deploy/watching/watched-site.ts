import { Cluster } from '../../cluster/cluster.ts';
import { freePort } from '../../services/free-port.ts';
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
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-token=sesame' };
  const cluster = await Cluster.start(await ownServers(), { executors: 0, slots: 1, env });
  const executorPorts = [await freePort(), await freePort()];
  for (const port of executorPorts) cluster.startExecutor({ EXECUTOR_METRICS_PORT: String(port) });
  await cluster.waitForExecutors(executorPorts.length);
  const stop = async (): Promise<void> => {
    await cluster.stop();
    await receiver.stop();
  };
  return { cluster, receiver, executorPorts, stop };
}
