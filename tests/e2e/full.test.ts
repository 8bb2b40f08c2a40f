import { afterAll, beforeAll, describe } from 'vitest';
import type { BreakableSite } from './breakable-site.ts';
import { startFullSite } from './full-site.ts';
import { long } from './long.ts';
import { passContract } from './page/pass.contract.ts';
import { siteContract } from './site.contract.ts';

const NAME = 'real servers';

/**
 * What queue, store and database can break does not depend on what is computed: canny has every kind of stage, invert one
 * only, and the strips of a TIFF are put together by the store. The embedded form runs the rest.
 */
const short = { operations: ['canny', 'invert'], formats: ['tiff'] };

describe('the full form', () => {
  let site: BreakableSite;
  beforeAll(async () => {
    site = await startFullSite();
  });
  afterAll(() => site.stop());
  const shared = () => Promise.resolve({ ...site, stop: () => Promise.resolve() });

  siteContract(NAME, shared, long ? {} : short);
  passContract(NAME, shared);
});
