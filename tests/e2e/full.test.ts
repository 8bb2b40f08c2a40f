import { Cluster } from '../cluster/cluster.ts';
import { ownServers } from '../cluster/own-servers.ts';
import { pageContract } from './page/page.contract.ts';
import { siteContract } from './site.contract.ts';

siteContract('real servers', async () => Cluster.start(await ownServers(), { executors: 2, slots: 1 }));
pageContract('real servers', async () => Cluster.start(await ownServers(), { executors: 2, slots: 1 }));
