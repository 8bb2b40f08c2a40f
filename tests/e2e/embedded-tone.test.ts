import { startEmbeddedSite } from './embedded-site.ts';
import { toneContract } from './page/tone.contract.ts';

toneContract('embedded', startEmbeddedSite);
