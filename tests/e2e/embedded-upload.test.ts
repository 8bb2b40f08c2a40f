import { startEmbeddedSite } from './embedded-site.ts';
import { uploadContract } from './page/upload.contract.ts';

uploadContract('embedded', startEmbeddedSite);
