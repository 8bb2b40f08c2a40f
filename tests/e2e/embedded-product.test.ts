import { startEmbeddedSite } from './embedded-site.ts';
import { productContract } from './page/product.contract.ts';

productContract('embedded', startEmbeddedSite);
