import { startEmbeddedSite } from './embedded-site.ts';
import { resultContract } from './page/result.contract.ts';

resultContract('embedded', startEmbeddedSite);
