import { startEmbeddedSite } from './embedded-site.ts';
import { satelliteContract } from './page/satellite.contract.ts';

satelliteContract('embedded', startEmbeddedSite);
