import { startFullSite } from './full-site.ts';
import { satelliteContract } from './page/satellite.contract.ts';

satelliteContract('real servers', startFullSite);
