import { Cluster } from '../../cluster/cluster.ts';
import { ownServers } from '../../cluster/own-servers.ts';
import { waitUntil } from '../../services/wait-until.ts';
import { MASTER_ENVIRONMENT, type StrategySite } from './strategies.contract.ts';

/** The full form on real servers, each executor a process. */
export async function startClusterSite(): Promise<StrategySite> {
  const cluster = await Cluster.start(await ownServers(), { executors: 0, slots: 2, env: MASTER_ENVIRONMENT });
  const alive = async (): Promise<readonly { readonly executor: string }[]> => {
    const headers = { authorization: `Bearer ${cluster.adminToken}` };
    const response = await fetch(`${cluster.url}/api/v1/executors`, { headers });
    return ((await response.json()) as { executors: readonly { executor: string }[] }).executors;
  };
  return {
    url: cluster.url,
    metrics: async () => (await fetch(`${cluster.url}/metrics`)).text(),
    async startExecutor(id, env) {
      const process = cluster.startExecutor({ EXECUTOR_ID: id, EXECUTOR_PRESENCE_MILLISECONDS: '500', ...env });
      const isThere = async (): Promise<boolean> => (await alive()).some(({ executor }) => executor === id);
      await waitUntil(`${id} is known`, isThere, { ms: 60_000 });
      return {
        kill: () => process.kill(),
        stop: async () => {
          if (process.running) await process.terminate();
          await waitUntil(`${id} is missed`, async () => !(await isThere()), { ms: 60_000 });
        },
      };
    },
    stop: () => cluster.stop(),
  };
}
