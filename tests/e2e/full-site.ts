import { Cluster } from '../cluster/cluster.ts';
import { HiddenObjects } from '../cluster/hidden-objects.ts';
import { ownServers } from '../cluster/own-servers.ts';
import type { BreakableSite } from './breakable-site.ts';

/** The full form: a master and executors as processes, on RabbitMQ, PostgreSQL and an S3 server. */
export async function startFullSite(settings: Readonly<Record<string, string>> = {}): Promise<BreakableSite> {
  const servers = await ownServers();
  const machines = 2;
  const cluster = await Cluster.start(servers, { executors: machines, slots: 1, env: settings });
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
