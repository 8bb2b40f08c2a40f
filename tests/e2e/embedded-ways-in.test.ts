import { startEmbeddedSite } from './embedded-site.ts';
import { waysInContract } from './page/ways-in.contract.ts';

waysInContract('embedded', startEmbeddedSite);
