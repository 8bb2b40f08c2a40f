import { describe } from 'vitest';
import { startFullSite } from './full-site.ts';
import { long } from './long.ts';
import { builderContract } from './page/builder.contract.ts';
import { everyoneContract } from './page/everyone.contract.ts';
import { historyContract } from './page/history.contract.ts';
import { opsContract } from './page/ops.contract.ts';
import { pageContract } from './page/page.contract.ts';
import { passContract } from './page/pass.contract.ts';
import { resultContract } from './page/result.contract.ts';
import { uploadContract } from './page/upload.contract.ts';
import { viewerContract } from './page/viewer.contract.ts';
import { watchContract } from './page/watch.contract.ts';
import { siteContract } from './site.contract.ts';

const NAME = 'real servers';

siteContract(NAME, startFullSite);
passContract(NAME, startFullSite);

/** The rest of the page does not depend on the adapters, as far as anybody knows. */
describe.runIf(long)('all contracts', () => {
  pageContract(NAME, startFullSite);
  uploadContract(NAME, startFullSite);
  builderContract(NAME, startFullSite);
  watchContract(NAME, startFullSite);
  resultContract(NAME, startFullSite);
  viewerContract(NAME, startFullSite);
  historyContract(NAME, startFullSite);
  opsContract(NAME, startFullSite);
  everyoneContract(NAME, startFullSite);
});
