import { describe } from 'vitest';
import { long } from './long.ts';
import { startClusterSite } from './strategies/cluster-site.ts';
import { strategiesContract } from './strategies/strategies.contract.ts';

// The short form has the same contract on one process, and inboxes of RabbitMQ have a contract of their own.
describe.runIf(long)('in the full form', () => {
  strategiesContract('real servers', startClusterSite, { kills: true });
});
