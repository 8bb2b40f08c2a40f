import { Cluster } from '../cluster/cluster.ts';
import { HiddenObjects } from '../cluster/hidden-objects.ts';
import type { KnownHosts } from '../cluster/known-hosts.ts';
import { ownServers } from '../cluster/own-servers.ts';
import type { BreakableSite } from './breakable-site.ts';

/**
 * The full form: a master and executors as processes, on RabbitMQ, PostgreSQL and an S3 server.
 *
 * @param hosts that addresses which visitors give may lead to; default: the public internet.
 */
export async function startFullSite(
  settings: Readonly<Record<string, string>> = {},
  hosts?: KnownHosts,
): Promise<BreakableSite> {
  const servers = await ownServers();
  const machines = 2;
  const cluster = await Cluster.start(servers, { executors: machines, slots: 1, env: settings, hosts });
  const objects = new HiddenObjects(servers.s3);
  return {
    url: cluster.url,
    adminToken: cluster.adminToken,
    machines,
    break: (images) => objects.hide(images.map((image) => `uploads/${image}`)),
    mend: () => objects.restore(),
    async stop() {
      await cluster.stop();
      objects.close();
    },
  };
}
