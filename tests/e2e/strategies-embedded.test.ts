import { startOneProcessSite } from './strategies/one-process-site.ts';
import { strategiesContract } from './strategies/strategies.contract.ts';

strategiesContract('one process', startOneProcessSite, { kills: false });
