import { startEmbeddedSite } from './embedded-site.ts';
import { viewerContract } from './page/viewer.contract.ts';

viewerContract('embedded', startEmbeddedSite);
