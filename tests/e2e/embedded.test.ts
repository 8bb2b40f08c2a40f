import { startEmbeddedSite } from './embedded-site.ts';
import { pageContract } from './page/page.contract.ts';
import { siteContract } from './site.contract.ts';

siteContract('embedded', startEmbeddedSite);
pageContract('embedded', startEmbeddedSite);
