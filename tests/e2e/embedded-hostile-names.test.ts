import { describe } from 'vitest';
import { startEmbeddedSite } from './embedded-site.ts';
import { long } from './long.ts';
import { hostileNamesContract } from './page/hostile-names.contract.ts';

describe.runIf(long)('hostile names', () => {
  hostileNamesContract('embedded', startEmbeddedSite);
});
