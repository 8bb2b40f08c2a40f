import { startEmbeddedSite } from './embedded-site.ts';
import { everyoneContract } from './page/everyone.contract.ts';

everyoneContract('embedded', startEmbeddedSite);
