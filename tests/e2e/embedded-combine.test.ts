import { describe } from 'vitest';
import { startEmbeddedSite } from './embedded-site.ts';
import { long } from './long.ts';
import { combineContract } from './page/combine.contract.ts';

describe.runIf(long)('several images', () => {
  combineContract('embedded', startEmbeddedSite);
});
