import { describe } from 'vitest';
import { startEmbeddedProcess } from './embedded-process.ts';
import { startFullMortalSite } from './full-mortal-site.ts';
import { long } from './long.ts';
import { gigapixelContract } from './page/gigapixel.contract.ts';

describe.runIf(long)('a gigapixel', () => {
  gigapixelContract('real servers', startFullMortalSite);
  gigapixelContract('embedded', startEmbeddedProcess);
});
