import { startEmbeddedSite } from './embedded-site.ts';
import { mapContract } from './page/map.contract.ts';

mapContract('embedded', startEmbeddedSite);
