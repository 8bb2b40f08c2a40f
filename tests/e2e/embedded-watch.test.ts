import { startEmbeddedSite } from './embedded-site.ts';
import { watchContract } from './page/watch.contract.ts';

watchContract('embedded', startEmbeddedSite);
