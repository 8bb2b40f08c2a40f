import { Cluster } from '../cluster/cluster.ts';
import { ownServers } from '../cluster/own-servers.ts';
import type { MortalSite } from './mortal-site.ts';

/** The full form, whose master dies and comes back; two executors live on. */
export async function startFullMortalSite(settings: Readonly<Record<string, string>> = {}): Promise<MortalSite> {
  const cluster = await Cluster.start(await ownServers(), { executors: 2, slots: 1, env: settings });
  return {
    url: cluster.url,
    pid: () => cluster.master.pid,
    kill: () => cluster.master.kill(),
    start: () => cluster.startMaster(),
    stop: () => cluster.stop(),
  };
}
