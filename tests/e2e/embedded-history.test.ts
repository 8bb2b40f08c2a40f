import { startEmbeddedSite } from './embedded-site.ts';
import { historyContract } from './page/history.contract.ts';

historyContract('embedded', startEmbeddedSite);
