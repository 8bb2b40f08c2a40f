import { describe } from 'vitest';
import { startFullSite } from './full-site.ts';
import { long } from './long.ts';
import { builderContract } from './page/builder.contract.ts';
import { everyoneContract } from './page/everyone.contract.ts';
import { historyContract } from './page/history.contract.ts';
import { hostileNamesContract } from './page/hostile-names.contract.ts';
import { manyRegionsContract } from './page/many-regions.contract.ts';
import { opsContract } from './page/ops.contract.ts';
import { pageContract } from './page/page.contract.ts';
import { resultContract } from './page/result.contract.ts';
import { runContract } from './page/run.contract.ts';
import { uploadContract } from './page/upload.contract.ts';
import { viewerContract } from './page/viewer.contract.ts';
import { watchContract } from './page/watch.contract.ts';
import { waysInContract } from './page/ways-in.contract.ts';

const NAME = 'real servers';

/** The page does not depend on the adapters beyond what the short form passes through, as far as anybody knows. */
describe.runIf(long)('all contracts of the page', () => {
  pageContract(NAME, startFullSite);
  uploadContract(NAME, startFullSite);
  waysInContract(NAME, startFullSite);
  hostileNamesContract(NAME, startFullSite);
  builderContract(NAME, startFullSite);
  runContract(NAME, startFullSite);
  watchContract(NAME, startFullSite);
  manyRegionsContract(NAME, startFullSite);
  resultContract(NAME, startFullSite);
  viewerContract(NAME, startFullSite);
  historyContract(NAME, startFullSite);
  opsContract(NAME, startFullSite);
  everyoneContract(NAME, startFullSite);
});
