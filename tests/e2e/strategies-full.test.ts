import { startClusterSite } from './strategies/cluster-site.ts';
import { strategiesContract } from './strategies/strategies.contract.ts';

strategiesContract('real servers', startClusterSite, { kills: true });
