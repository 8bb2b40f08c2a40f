import { startEmbeddedSite } from './embedded-site.ts';
import { builderContract } from './page/builder.contract.ts';

builderContract('embedded', startEmbeddedSite);
