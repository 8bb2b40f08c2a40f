import { describe } from 'vitest';
import { startEmbeddedSite } from './embedded-site.ts';
import { long } from './long.ts';
import { manyRegionsContract } from './page/many-regions.contract.ts';

// What is fluid is told by the clock: on a machine that does nothing else.
describe.runIf(long)('10,000 regions', () => {
  manyRegionsContract('embedded', startEmbeddedSite);
});
