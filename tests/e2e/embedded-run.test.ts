import { startEmbeddedSite } from './embedded-site.ts';
import { runContract } from './page/run.contract.ts';

runContract('embedded', startEmbeddedSite);
