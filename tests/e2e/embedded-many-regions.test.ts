import { startEmbeddedSite } from './embedded-site.ts';
import { manyRegionsContract } from './page/many-regions.contract.ts';

manyRegionsContract('embedded', startEmbeddedSite);
