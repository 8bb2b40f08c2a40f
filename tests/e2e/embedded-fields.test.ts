import { startEmbeddedSite } from './embedded-site.ts';
import { fieldsContract } from './page/fields.contract.ts';

fieldsContract('embedded', startEmbeddedSite);
